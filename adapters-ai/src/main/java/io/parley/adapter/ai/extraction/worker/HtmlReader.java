package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/** HTML: what a reader sees of the page, one section a heading of level 1 or 2. */
final class HtmlReader implements DocumentReader {

  /** Elements inside each other; pages made by people stay under a hundred. */
  static final int MAX_DEPTH = 1_000;

  private static final int HEAD = 4096;

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    Document document = parse(file);
    Sections sections = new Sections(pages);
    read(document, sections);
    sections.finish();
    String title = PlainText.clean(document.title()).strip();
    return title.isEmpty() ? null : title;
  }

  /** Reads a page that stands inside another file. */
  static void read(Document document, Sections sections) {
    document.traverse(new DepthGuard());
    new HtmlBlocks(sections).read(document.body());
  }

  /** A parser that gives up before the nesting does harm. */
  static Parser parser() {
    return Parser.htmlParser().setMaxDepth(MAX_DEPTH + 10);
  }

  private static Document parse(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Jsoup.parse(
          in, declaresEncoding(file) ? null : TextEncoding.of(file).name(), "", parser());
    }
  }

  private static boolean declaresEncoding(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
      return head.toLowerCase(Locale.ROOT).contains("charset=");
    }
  }

  private static final class DepthGuard implements NodeVisitor {
    @Override
    public void head(Node node, int depth) {
      if (depth > MAX_DEPTH) {
        throw new UnreadableException(Problem.TOO_DEEP);
      }
    }
  }
}
