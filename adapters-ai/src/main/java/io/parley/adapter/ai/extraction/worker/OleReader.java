package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.util.RecordFormatException;
import org.jspecify.annotations.Nullable;

/** Word, Excel and PowerPoint up to 2003, told apart by the streams in their container. */
final class OleReader implements DocumentReader {

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    try (POIFSFileSystem container = new POIFSFileSystem(file.toFile(), true)) {
      return read(container.getRoot(), pages);
    } catch (EncryptedDocumentException e) {
      throw new UnreadableException(Problem.ENCRYPTED_OFFICE);
    } catch (RecordFormatException e) {
      // POI's own limits on what a record may claim to need.
      throw new IOException("A record that cannot be", e);
    }
  }

  private static @Nullable String read(DirectoryNode root, Pages pages) throws IOException {
    if (root.hasEntryCaseInsensitive("EncryptedPackage")) {
      throw new UnreadableException(Problem.ENCRYPTED_OFFICE);
    }
    if (root.hasEntryCaseInsensitive("WordDocument")) {
      new DocText(new WordPages(new Sections(pages))).read(root);
    } else if (root.hasEntryCaseInsensitive("Workbook")) {
      new XlsText(pages).read(root);
    } else if (root.hasEntryCaseInsensitive("Book")) {
      new XlsText(pages).readOld(root);
    } else if (root.hasEntryCaseInsensitive("PowerPoint Document")) {
      new PptText(pages).read(root);
    } else {
      throw new IOException("None of Word, Excel and PowerPoint");
    }
    return OleTitle.of(root);
  }
}
