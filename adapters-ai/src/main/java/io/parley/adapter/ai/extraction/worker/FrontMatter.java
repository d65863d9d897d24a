package io.parley.adapter.ai.extraction.worker;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The head of a Markdown file between two lines of three dashes.
 *
 * @param title the value of its {@code title} key
 * @param rest the file without it
 */
record FrontMatter(@Nullable String title, String rest) {

  private static final Pattern HEAD =
      Pattern.compile(
          "\\A\\uFEFF?---[ \\t]*\\R([\\s\\S]{0,65536}?)^(?:---|\\.\\.\\.)[ \\t]*(?:\\R|\\z)",
          Pattern.MULTILINE);

  private static final Pattern TITLE =
      Pattern.compile("^title[ \\t]*:[ \\t]*(\\S.*?)[ \\t]*$", Pattern.MULTILINE);

  static FrontMatter of(String text) {
    Matcher head = HEAD.matcher(text);
    if (!head.find()) {
      return new FrontMatter(null, text.startsWith("\uFEFF") ? text.substring(1) : text);
    }
    Matcher title = TITLE.matcher(head.group(1));
    return new FrontMatter(
        title.find() ? unquoted(title.group(1)) : null, text.substring(head.end()));
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() > 1
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(0) == value.charAt(value.length() - 1);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
