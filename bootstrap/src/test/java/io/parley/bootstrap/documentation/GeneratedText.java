package io.parley.bootstrap.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a file that is made from the code. {@code -Dparley.docs.write=true} writes it anew. */
public final class GeneratedText {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final String BEGIN = "<!-- generated -->\n";
  private static final String END = "<!-- end of generated -->\n";

  private GeneratedText() {}

  /** The whole file. */
  public static void requireFile(String file, String expected) throws IOException {
    Path path = ROOT.resolve(file);
    if (Boolean.getBoolean("parley.docs.write")) {
      Files.writeString(path, expected);
    }
    assertThat(Files.readString(path)).as(file).isEqualTo(expected);
  }

  /** The part between the marks. */
  static void requirePart(String file, String expected) throws IOException {
    Path path = ROOT.resolve(file);
    String text = Files.readString(path);
    if (Boolean.getBoolean("parley.docs.write")) {
      text = replaced(text, expected);
      Files.writeString(path, text);
    }
    assertThat(text).as(file).isEqualTo(replaced(text, expected));
  }

  static String replaced(String text, String part) {
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END, begin);
    assertThat(end).as("the marks of the generated part").isGreaterThan(begin - 1);
    return text.substring(0, begin) + part + text.substring(end);
  }
}
