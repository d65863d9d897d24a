package io.parley.adapter.ai.extraction.worker;

import com.rtfparserkit.parser.RtfListenerAdaptor;
import com.rtfparserkit.rtf.Command;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the commands of a rich text make of its words. Hidden and deleted ones are passed over. */
final class RtfBody extends RtfListenerAdaptor {

  private static final int MAX_DEPTH = 1_000;
  private static final Pattern HEADING = Pattern.compile("heading ([1-9])");

  /** Where words go. */
  private enum Place {
    TEXT,
    NOTE,
    TITLE,
    STYLES,
    NOWHERE
  }

  /** What holds inside a pair of braces. */
  private record Group(Place place, boolean hidden, int style) {
    Group to(Place other) {
      return new Group(other, hidden, style);
    }
  }

  private final WordPages pages;
  private final Deque<Group> outer = new ArrayDeque<>();
  private final Map<Integer, WordStyle> styles = new HashMap<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder cell = new StringBuilder();
  private final StringBuilder note = new StringBuilder();
  private final StringBuilder title = new StringBuilder();
  private final StringBuilder styleName = new StringBuilder();
  private final List<String> cells = new ArrayList<>();
  private Group group = new Group(Place.TEXT, false, 0);
  private WordStyle paragraph = WordStyle.PLAIN;
  private boolean inTable;
  private boolean anyRow;

  RtfBody(WordPages pages) {
    this.pages = pages;
  }

  @Override
  public void processGroupStart() {
    outer.push(group);
    if (outer.size() > MAX_DEPTH) {
      throw new UnreadableException(Problem.TOO_DEEP);
    }
  }

  @Override
  public void processGroupEnd() {
    Group ended = group;
    group = outer.isEmpty() ? group : outer.pop();
    if (ended.place == Place.NOTE && group.place != Place.NOTE) {
      pages.note(PlainText.collapse(note));
      note.setLength(0);
    }
    if (ended.place == Place.STYLES) {
      endStyle(ended.style);
    }
  }

  private void endStyle(int number) {
    String name = styleName.toString().toLowerCase(Locale.ROOT).replace(";", "").strip();
    styleName.setLength(0);
    Matcher heading = HEADING.matcher(name);
    if (heading.matches()) {
      styles.put(number, new WordStyle(heading.group(1).charAt(0) - '0', false, false));
    } else if (name.equals("title")) {
      styles.put(number, new WordStyle(1, true, false));
    }
  }

  @Override
  public void processString(String words) {
    if (group.hidden) {
      return;
    }
    switch (group.place) {
      case TEXT -> append(words);
      case NOTE -> note.append(words);
      case TITLE -> title.append(words);
      case STYLES -> styleName.append(words);
      case NOWHERE -> {}
    }
  }

  private void append(String words) {
    text.append(words);
    if (text.length() > Pages.MAX_PAGE) {
      throw new UnreadableException(Problem.TOO_MUCH_TEXT);
    }
  }

  @Override
  public void processCommand(
      Command command, int parameter, boolean hasParameter, boolean optional) {
    switch (command) {
      case stylesheet -> group = group.to(Place.STYLES);
      case title -> group = group.to(Place.TITLE);
      case footnote -> group = group.to(Place.NOTE);
      case fonttbl,
          colortbl,
          info,
          pict,
          object,
          header,
          headerl,
          headerr,
          headerf,
          footer,
          footerl,
          footerr,
          footerf,
          fldinst,
          xe,
          tc,
          listtable,
          listoverridetable,
          filetbl,
          revtbl,
          atnid,
          atnauthor,
          annotation,
          listtext,
          pntext,
          themedata,
          datastore,
          nonshppict,
          objdata ->
          group = group.to(Place.NOWHERE);
      case v, deleted -> hide(!hasParameter || parameter != 0);
      case plain -> hide(false);
      case s -> style(parameter);
      default -> {
        if (optional && command != Command.shppict && command != Command.shpinst) {
          group = group.to(Place.NOWHERE);
        } else if (group.place == Place.TEXT) {
          layout(command);
        }
      }
    }
  }

  private void hide(boolean hidden) {
    group = new Group(group.place, hidden, group.style);
  }

  private void style(int number) {
    group = new Group(group.place, group.hidden, number);
    if (group.place == Place.TEXT) {
      paragraph = styles.getOrDefault(number, WordStyle.PLAIN);
    }
  }

  private void layout(Command command) {
    switch (command) {
      case pard -> {
        paragraph = WordStyle.PLAIN;
        inTable = false;
      }
      case intbl -> inTable = true;
      case ls -> {
        boolean list = paragraph.heading() == 0;
        paragraph = list ? new WordStyle(0, false, true) : paragraph;
      }
      case par, sect -> endParagraph();
      case line, softline -> append("\n");
      case tab -> append("\t");
      case page, pagebb -> {
        endParagraph();
        pages.askedBreak();
      }
      case cell, nestcell -> endCell();
      case row -> endRow();
      default -> {}
    }
  }

  private void endParagraph() {
    if (inTable) {
      cell.append(text).append('\n');
    } else {
      if (anyRow) {
        pages.endTable();
        anyRow = false;
      }
      pages.paragraph(paragraph, 0, text.toString());
    }
    text.setLength(0);
  }

  private void endCell() {
    cells.add(PlainText.collapse(cell.append(text)));
    cell.setLength(0);
    text.setLength(0);
  }

  private void endRow() {
    pages.row(List.copyOf(cells));
    cells.clear();
    anyRow = true;
  }

  void finish() {
    endParagraph();
    pages.finish();
  }

  @Nullable String title() {
    String words = PlainText.collapse(PlainText.clean(title.toString()));
    return words.isEmpty() || words.length() > 300 ? null : words;
  }
}
