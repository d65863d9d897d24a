package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/** Walks through the body of a page and turns its elements into blocks. */
final class HtmlBlocks {

  private static final Set<String> UNREAD =
      Set.of(
          "script",
          "style",
          "noscript",
          "template",
          "nav",
          "svg",
          "math",
          "iframe",
          "object",
          "canvas",
          "select",
          "button",
          "input",
          "textarea",
          "head",
          "audio",
          "video",
          "map");

  private final Sections sections;
  private final StringBuilder inline = new StringBuilder();

  HtmlBlocks(Sections sections) {
    this.sections = sections;
  }

  void read(Element body) {
    children(body);
    endParagraph();
  }

  private void children(Element parent) {
    for (Node node : parent.childNodes()) {
      if (node instanceof TextNode text) {
        inline.append(text.getWholeText().replace('\n', ' '));
      } else if (node instanceof Element element && isRead(element)) {
        element(element);
      }
    }
  }

  private void element(Element element) {
    switch (element.normalName()) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        endParagraph();
        sections.heading(element.normalName().charAt(1) - '0', visibleText(element));
      }
      case "pre" -> whole(Kind.CODE, element.wholeText());
      case "ul", "ol" -> whole(Kind.LIST, list(element));
      case "table" -> table(element);
      case "br" -> inline.append('\n');
      default -> {
        if (element.isBlock() || element.normalName().equals("dd")) {
          endParagraph();
          children(element);
          endParagraph();
        } else {
          children(element);
        }
      }
    }
  }

  private void table(Element table) {
    boolean layout =
        table.selectFirst("table table") != null
            || "presentation".equals(table.attr("role"))
            || table.selectFirst("h1, h2, h3") != null;
    if (layout) {
      endParagraph();
      children(table);
      endParagraph();
      return;
    }
    Element caption = table.selectFirst("caption");
    if (caption != null) {
      whole(Kind.PARAGRAPH, visibleText(caption));
    }
    whole(Kind.TABLE, rows(table));
  }

  private static String rows(Element table) {
    List<String> rows = new ArrayList<>();
    for (Element row : table.select("tr")) {
      List<String> cells = row.children().stream().map(HtmlBlocks::visibleText).toList();
      if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
        rows.add(String.join(" | ", cells));
      }
    }
    return String.join("\n", rows);
  }

  private static String list(Element list) {
    StringBuilder lines = new StringBuilder();
    appendList(list, 0, lines);
    return lines.toString();
  }

  private static void appendList(Element list, int depth, StringBuilder lines) {
    int number = list.normalName().equals("ol") ? 1 : -1;
    for (Element item : list.children()) {
      if (!isRead(item)) {
        continue;
      }
      if (isList(item)) {
        appendList(item, depth + 1, lines);
        continue;
      }
      StringBuilder words = new StringBuilder();
      List<Element> inner = new ArrayList<>();
      appendWords(item, words, inner);
      lines.append(lines.isEmpty() ? "" : "\n").append("  ".repeat(depth));
      lines.append(number < 0 ? "- " : number++ + ". ").append(PlainText.collapse(words));
      inner.forEach(each -> appendList(each, depth + 1, lines));
    }
  }

  /** The text of an element without that of the lists in it, which are gathered. */
  private static void appendWords(Element parent, StringBuilder words, List<Element> lists) {
    for (Node node : parent.childNodes()) {
      if (node instanceof TextNode text) {
        words.append(text.getWholeText());
      } else if (node instanceof Element element && isRead(element)) {
        if (isList(element)) {
          lists.add(element);
        } else {
          boolean apart = element.isBlock() || element.normalName().equals("br");
          words.append(apart ? " " : "");
          appendWords(element, words, lists);
          words.append(apart ? " " : "");
        }
      }
    }
  }

  private static String visibleText(Element element) {
    StringBuilder words = new StringBuilder();
    List<Element> lists = new ArrayList<>();
    appendWords(element, words, lists);
    lists.forEach(list -> words.append(' ').append(visibleText(list)));
    return PlainText.collapse(words);
  }

  private static boolean isList(Element element) {
    return element.normalName().equals("ul") || element.normalName().equals("ol");
  }

  private static boolean isRead(Element element) {
    if (UNREAD.contains(element.normalName())
        || element.hasAttr("hidden")
        || element.attr("aria-hidden").equals("true")) {
      return false;
    }
    String style = element.attr("style").toLowerCase(Locale.ROOT).replace(" ", "");
    return !style.contains("display:none") && !style.contains("visibility:hidden");
  }

  private void whole(Kind kind, String text) {
    endParagraph();
    sections.block(kind, text);
  }

  private void endParagraph() {
    String text = PlainText.collapseLines(inline);
    inline.setLength(0);
    sections.block(Kind.PARAGRAPH, text);
  }
}
