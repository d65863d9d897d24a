package io.parley.adapter.web.document;

import io.micronaut.http.HttpHeaders;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which bytes of a file a request is about (RFC 9110, 13 and 14). */
sealed interface RequestedBytes {

  /** The caller has them already. */
  record NotModified() implements RequestedBytes {}

  /** All of them; also for more ranges than one, and for what is no range of bytes. */
  record All() implements RequestedBytes {}

  /** From one offset to another, both included. */
  record Range(long first, long last) implements RequestedBytes {
    long length() {
      return last - first + 1;
    }
  }

  /** None, because the range lies behind the end. */
  record Outside() implements RequestedBytes {}

  /** {@code bytes=a-b}, {@code bytes=a-} or {@code bytes=-n}. */
  Pattern SINGLE = Pattern.compile("(?i)bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

  static RequestedBytes of(HttpHeaders headers, String etag, long size) {
    String known = headers.get(HttpHeaders.IF_NONE_MATCH);
    if (known != null && matches(known, etag)) {
      return new NotModified();
    }
    String range = headers.get(HttpHeaders.RANGE);
    String unless = headers.get("If-Range");
    return range == null || (unless != null && !unless.strip().equals(etag))
        ? new All()
        : range(range, size);
  }

  private static boolean matches(String list, String etag) {
    return Arrays.stream(list.split(",", -1))
        .map(String::strip)
        .anyMatch(tag -> tag.equals("*") || tag.replaceFirst("^W/", "").equals(etag));
  }

  private static RequestedBytes range(String text, long size) {
    Matcher range = SINGLE.matcher(text);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return new All();
    }
    if (range.group(1).isEmpty()) {
      long length = Math.min(size, Long.parseLong(range.group(2)));
      return length == 0 ? new Outside() : new Range(size - length, size - 1);
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    if (last < first) {
      return new All();
    }
    return first >= size ? new Outside() : new Range(first, Math.min(last, size - 1));
  }
}
