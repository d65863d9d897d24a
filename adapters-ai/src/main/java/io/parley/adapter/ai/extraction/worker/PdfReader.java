package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/** PDF, page by page, with everything that PDFBox unpacks kept in a file instead of in memory. */
final class PdfReader implements DocumentReader {

  private static final int MAX_TITLE = 300;

  private static boolean fontsReady;

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    prepareFonts();
    try (PDDocument document = open(file)) {
      if (document.getNumberOfPages() == 0) {
        throw new UnreadableException(Problem.BROKEN_PDF);
      }
      document.setResourceCache(null);
      new PdfPages(pages).writeText(document, Writer.nullWriter());
      return title(document);
    }
  }

  private static synchronized void prepareFonts() throws IOException {
    if (!fontsReady) {
      BundledFonts.use();
      fontsReady = true;
    }
  }

  private static PDDocument open(Path file) throws IOException {
    try {
      return Loader.loadPDF(file.toFile(), "", null, null, IOUtils.createTempFileOnlyStreamCache());
    } catch (InvalidPasswordException e) {
      throw new UnreadableException(Problem.ENCRYPTED_PDF);
    } catch (NoClassDefFoundError e) {
      // What PDFBox leaves to an optional library: encryption for the holders of certificates.
      throw new UnreadableException(Problem.ENCRYPTED_PDF);
    }
  }

  /** The title from the metadata, unless a program put its own default there. */
  private static @Nullable String title(PDDocument document) {
    String given = document.getDocumentInformation().getTitle();
    if (given == null) {
      return null;
    }
    String title =
        PlainText.collapse(PlainText.clean(given)).replaceFirst("^Microsoft Word - ", "");
    boolean useless =
        title.isBlank() || title.length() > MAX_TITLE || title.equalsIgnoreCase("untitled");
    return useless ? null : title;
  }
}
