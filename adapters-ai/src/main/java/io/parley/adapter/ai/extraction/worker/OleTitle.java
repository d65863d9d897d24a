package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import org.apache.poi.hpsf.NoPropertySetStreamException;
import org.apache.poi.hpsf.PropertySet;
import org.apache.poi.hpsf.SummaryInformation;
import org.apache.poi.hpsf.UnexpectedPropertySetTypeException;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.jspecify.annotations.Nullable;

/** The title of an old office document. */
final class OleTitle {

  private static final int LONGEST = 300;

  private OleTitle() {}

  /** Null when there is none; a damaged one is no reason to refuse the document. */
  static @Nullable String of(DirectoryNode root) {
    if (!root.hasEntryCaseInsensitive(SummaryInformation.DEFAULT_STREAM_NAME)) {
      return null;
    }
    try (InputStream in = root.createDocumentInputStream(SummaryInformation.DEFAULT_STREAM_NAME)) {
      String title = new SummaryInformation(new PropertySet(in)).getTitle();
      String words = title == null ? "" : PlainText.collapse(PlainText.clean(title));
      return words.isEmpty() || words.length() > LONGEST ? null : words;
    } catch (IOException
        | NoPropertySetStreamException
        | UnexpectedPropertySetTypeException
        | RuntimeException e) {
      return null;
    }
  }
}
