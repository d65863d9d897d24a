package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText.Block.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.parser.Parser;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/** Markdown: what a reader of the rendered page sees, one section a heading of level 1 or 2. */
final class MarkdownReader implements DocumentReader {

  private static final int MAX_NESTING = 200;

  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(TablesExtension.create()))
          .maxOpenBlockParsers(MAX_NESTING)
          .maxInlineNesting(MAX_NESTING)
          .build();

  private @Nullable String title;

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    FrontMatter matter;
    try (BufferedReader text = TextEncoding.open(file)) {
      matter = FrontMatter.of(text.readAllAsString());
    }
    title = matter.title();
    Sections sections = new Sections(pages);
    blocks(PARSER.parse(matter.rest()), sections);
    sections.finish();
    return title;
  }

  private void blocks(Node parent, Sections sections) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      block(node, sections);
    }
  }

  private void block(Node node, Sections sections) {
    switch (node) {
      case Heading heading -> heading(heading, sections);
      case Paragraph paragraph -> sections.block(Kind.PARAGRAPH, MarkdownText.of(paragraph));
      case FencedCodeBlock code -> sections.block(Kind.CODE, code.getLiteral());
      case IndentedCodeBlock code -> sections.block(Kind.CODE, code.getLiteral());
      case ListBlock list -> sections.block(Kind.LIST, MarkdownText.ofList(list));
      case TableBlock table -> sections.block(Kind.TABLE, MarkdownText.ofTable(table));
      case HtmlBlock html ->
          sections.block(Kind.PARAGRAPH, Jsoup.parseBodyFragment(html.getLiteral()).text());
      case BlockQuote quote -> blocks(quote, sections);
      default -> blocks(node, sections);
    }
  }

  private void heading(Heading heading, Sections sections) {
    String words = PlainText.collapse(MarkdownText.of(heading));
    if (title == null && heading.getLevel() == 1 && !words.isEmpty()) {
      title = words;
    }
    sections.heading(heading.getLevel(), words);
  }
}
