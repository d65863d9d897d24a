package io.parley.adapter.ai.extraction;

import io.parley.adapter.ai.extraction.worker.ExtractionWorker;
import io.parley.domain.document.PageText;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.fontbox.FontBoxFont;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;

/**
 * The jars that the child needs, and no others: what is not on its class path cannot be misused.
 */
final class WorkerClassPath {

  private static final List<Class<?>> NEEDED =
      List.of(
          ExtractionWorker.class,
          PageText.class,
          PDDocument.class,
          IOUtils.class,
          FontBoxFont.class,
          Jsoup.class,
          Parser.class,
          TablesExtension.class);

  /** PDFBox logs through it, so that it is on the class path but not on the compiler's. */
  private static final String LOGGING = "org.apache.commons.logging.LogFactory";

  private WorkerClassPath() {}

  /** Where the classes came from; all of this process's class path when that is not known. */
  static String own() {
    try {
      Set<String> places = new LinkedHashSet<>();
      for (Class<?> needed : NEEDED) {
        places.add(place(needed));
      }
      places.add(place(Class.forName(LOGGING, false, PDDocument.class.getClassLoader())));
      return String.join(File.pathSeparator, places);
    } catch (URISyntaxException | ClassNotFoundException | IllegalArgumentException e) {
      return System.getProperty("java.class.path");
    }
  }

  private static String place(Class<?> type) throws URISyntaxException, ClassNotFoundException {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new ClassNotFoundException(type.getName());
    }
    return Path.of(source.getLocation().toURI()).toString();
  }
}
