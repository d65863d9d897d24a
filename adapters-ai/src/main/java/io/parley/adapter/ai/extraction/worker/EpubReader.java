package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Books: the chapters in their order, a page a heading of the first two levels. */
final class EpubReader implements DocumentReader {

  private static final int MAX_CHAPTERS = 5_000;
  private static final String CONTAINER = "META-INF/container.xml";

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    try (ZipParts parts = ZipParts.open(file)) {
      refuseProtected(parts);
      Element root = xml(parts, CONTAINER).selectFirst("rootfile[full-path]");
      if (root == null) {
        throw new IOException("A book without a list of its parts");
      }
      String listed = root.attr("full-path");
      Document book = xml(parts, listed);
      Sections sections = new Sections(pages);
      chapters(parts, listed, book, sections);
      sections.finish();
      return title(book);
    }
  }

  /** Fonts may be veiled; words must not be. */
  private static void refuseProtected(ZipParts parts) throws IOException {
    Optional<InputStream> encryption = parts.find("META-INF/encryption.xml");
    if (encryption.isEmpty()) {
      return;
    }
    try (InputStream in = encryption.get()) {
      for (Element part : parsed(in).select("*")) {
        String uri = part.attr("URI");
        if (part.normalName().endsWith("cipherreference") && uri.matches("(?i).*html?")) {
          throw new UnreadableException(Problem.ENCRYPTED_BOOK);
        }
      }
    }
  }

  private static void chapters(ZipParts parts, String listed, Document book, Sections sections)
      throws IOException {
    Map<String, String> items = new HashMap<>();
    for (Element item : book.select("item[id][href]")) {
      items.put(item.attr("id"), item.attr("href"));
    }
    int count = 0;
    for (Element entry : book.select("itemref[idref]")) {
      if (++count > MAX_CHAPTERS) {
        throw new UnreadableException(Problem.TOO_MANY_PARTS);
      }
      String href = items.get(entry.attr("idref"));
      String name = href == null ? null : resolved(listed, href);
      if (name != null) {
        chapter(parts, name, sections);
      }
    }
  }

  private static void chapter(ZipParts parts, String name, Sections sections) throws IOException {
    Optional<InputStream> part = parts.find(name);
    if (part.isPresent()) {
      try (InputStream in = part.get()) {
        Document chapter = Jsoup.parse(in, null, "", HtmlReader.parser());
        String title = chapter.title();
        sections.chapter(title.isBlank() ? null : title);
        HtmlReader.read(chapter, sections);
      }
    }
  }

  private static @Nullable String title(Document book) {
    for (Element element : book.select("metadata *")) {
      if (element.normalName().equals("dc:title")) {
        String title = PlainText.collapse(PlainText.clean(element.text()));
        return title.isEmpty() || title.length() > 300 ? null : title;
      }
    }
    return null;
  }

  private static Document xml(ZipParts parts, String name) throws IOException {
    try (InputStream in = parts.require(name)) {
      return parsed(in);
    }
  }

  /** Books have declarations that name their dictionary; they are passed over, not followed. */
  private static Document parsed(InputStream in) throws IOException {
    return Jsoup.parse(in, null, "", Parser.xmlParser().setMaxDepth(HtmlReader.MAX_DEPTH));
  }

  private static @Nullable String resolved(String listed, String href) {
    try {
      String path = URI.create("/" + listed.replace(" ", "%20")).resolve(href).getPath();
      return path == null || path.length() < 2 ? null : path.substring(1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
