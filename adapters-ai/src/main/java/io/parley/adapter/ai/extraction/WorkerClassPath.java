package io.parley.adapter.ai.extraction;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The jars that the child needs, and no others: what is not on its class path cannot be misused.
 * They are found without loading a class of a parser into the server.
 */
final class WorkerClassPath {

  /** One class of each jar. */
  private static final List<String> NEEDED =
      List.of(
          "io.parley.adapter.ai.extraction.worker.ExtractionWorker",
          "io.parley.domain.document.PageText",
          "org.apache.pdfbox.pdmodel.PDDocument",
          "org.apache.pdfbox.io.IOUtils",
          "org.apache.fontbox.FontBoxFont",
          "org.apache.commons.logging.LogFactory",
          "org.jsoup.Jsoup",
          "org.commonmark.parser.Parser",
          "org.commonmark.ext.gfm.tables.TablesExtension",
          "com.fasterxml.jackson.core.JsonFactory",
          "de.siegmar.fastcsv.reader.CsvReader",
          "com.rtfparserkit.parser.standard.StandardRtfParser",
          "org.apache.james.mime4j.stream.MimeTokenStream",
          "org.apache.poi.poifs.filesystem.POIFSFileSystem",
          "org.apache.poi.hwpf.HWPFDocument",
          "org.apache.commons.collections4.ListValuedMap",
          "org.apache.commons.math3.util.Precision",
          "org.apache.commons.codec.digest.DigestUtils",
          "org.apache.commons.io.IOUtils",
          "org.apache.logging.log4j.LogManager",
          "com.zaxxer.sparsebits.SparseBitSet");

  private WorkerClassPath() {}

  /** Where the classes come from; all of this process's class path when that is not known. */
  static String own() {
    try {
      Set<String> places = new LinkedHashSet<>();
      for (String needed : NEEDED) {
        places.add(place(needed));
      }
      return String.join(File.pathSeparator, places);
    } catch (URISyntaxException | IOException | IllegalArgumentException e) {
      return System.getProperty("java.class.path");
    }
  }

  private static String place(String type) throws URISyntaxException, IOException {
    String resource = type.replace('.', '/') + ".class";
    URL found = WorkerClassPath.class.getClassLoader().getResource(resource);
    if (found == null) {
      throw new IOException(type);
    }
    if (found.openConnection() instanceof JarURLConnection jar) {
      return Path.of(jar.getJarFileURL().toURI()).toString();
    }
    String file = found.toString();
    return Path.of(new URI(file.substring(0, file.length() - resource.length()))).toString();
  }
}
