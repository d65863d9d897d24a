package io.parley.adapter.ai.extraction.worker;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/** The words of Markdown nodes: of links their text, of pictures their description. */
final class MarkdownText {

  private MarkdownText() {}

  static String of(Node node) {
    StringBuilder text = new StringBuilder();
    append(node, text);
    return text.toString();
  }

  private static void append(Node parent, StringBuilder text) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
      switch (node) {
        case Text words -> text.append(words.getLiteral());
        case Code code -> text.append(code.getLiteral());
        case SoftLineBreak line -> text.append(' ');
        case HardLineBreak line -> text.append('\n');
        case HtmlInline html -> text.append(html.getLiteral().startsWith("<br") ? "\n" : "");
        default -> append(node, text);
      }
    }
  }

  /** One line an item, items of inner lists set in by two spaces. */
  static String ofList(ListBlock list) {
    StringBuilder lines = new StringBuilder();
    appendList(list, 0, lines);
    return lines.toString();
  }

  private static void appendList(ListBlock list, int depth, StringBuilder lines) {
    int number = list instanceof OrderedList ordered ? start(ordered) : -1;
    for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
      lines.append(lines.isEmpty() ? "" : "\n").append("  ".repeat(depth));
      lines.append(number < 0 ? "- " : number++ + ". ");
      appendItem(item, depth, lines);
    }
  }

  private static int start(OrderedList list) {
    Integer start = list.getMarkerStartNumber();
    return start == null ? 1 : start;
  }

  private static void appendItem(Node item, int depth, StringBuilder lines) {
    boolean first = true;
    for (Node part = item.getFirstChild(); part != null; part = part.getNext()) {
      if (part instanceof ListBlock inner) {
        appendList(inner, depth + 1, lines);
      } else {
        lines.append(first ? "" : "\n" + "  ".repeat(depth + 1)).append(ofPart(part));
      }
      first = false;
    }
  }

  private static String ofPart(Node part) {
    return switch (part) {
      case FencedCodeBlock code -> code.getLiteral().stripTrailing();
      case IndentedCodeBlock code -> code.getLiteral().stripTrailing();
      case TableBlock table -> ofTable(table);
      case HtmlBlock html -> "";
      default -> PlainText.collapseLines(of(part));
    };
  }

  /** One line a row, cells apart by {@code |}. */
  static String ofTable(TableBlock table) {
    List<String> rows = new ArrayList<>();
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        if (row instanceof TableRow) {
          rows.add(ofRow(row));
        }
      }
    }
    return String.join("\n", rows);
  }

  private static String ofRow(Node row) {
    List<String> cells = new ArrayList<>();
    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
      if (cell instanceof TableCell) {
        cells.add(PlainText.collapse(of(cell)));
      }
    }
    return String.join(" | ", cells);
  }
}
