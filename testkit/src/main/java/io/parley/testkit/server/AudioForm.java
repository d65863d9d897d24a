package io.parley.testkit.server;

import io.parley.testkit.ai.AudioSamples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form of {@code multipart/form-data} with one file.
 *
 * @param fields what it says beside the file
 * @param fileName empty when there is no file
 * @param content the file's bytes, a character each
 */
record AudioForm(Map<String, String> fields, String fileName, String content) {
  private static final Pattern BOUNDARY =
      Pattern.compile("multipart/form-data; ?boundary=\"?([\\w'()+,./:=?-]{1,70})\"?");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("[; ]filename=\"([^\"]*)\"");

  /** Reads the whole of it; what is no such form has no fields and no file. */
  static AudioForm read(InputStream body, @Nullable String contentType) throws IOException {
    String text = new String(body.readAllBytes(), StandardCharsets.ISO_8859_1);
    Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
    Map<String, String> fields = new TreeMap<>();
    String fileName = "";
    String content = "";
    if (boundary.matches()) {
      String[] parts = ("\r\n" + text).split(Pattern.quote("\r\n--" + boundary.group(1)), -1);
      for (int i = 1; i < parts.length - 1; i++) {
        int end = parts[i].indexOf("\r\n\r\n");
        String head = parts[i].substring(0, Math.max(0, end));
        String value = end < 0 ? "" : parts[i].substring(end + 4);
        if (FILE_NAME.matcher(head).find()) {
          fileName = group(FILE_NAME, head);
          content = value;
        } else {
          fields.put(group(NAME, head), value);
        }
      }
    }
    return new AudioForm(fields, fileName, content);
  }

  private static String group(Pattern pattern, String head) {
    Matcher found = pattern.matcher(head);
    return found.find() ? found.group(1) : "";
  }

  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /** Whether the file is what its name says. */
  boolean isAudio() {
    byte[] head =
        content.substring(0, Math.min(64, content.length())).getBytes(StandardCharsets.ISO_8859_1);
    return AudioSamples.isNamedRightly(fileName, head);
  }

  /** What is heard in it. */
  String heard() {
    return AudioSamples.heard(content.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** All but the recording itself. */
  String summary() {
    return fields + " " + fileName + " " + content.length();
  }
}
