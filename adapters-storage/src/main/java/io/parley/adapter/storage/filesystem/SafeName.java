package io.parley.adapter.storage.filesystem;

import io.parley.adapter.storage.digest.HashedName;
import io.parley.domain.document.DocumentName;
import java.util.regex.Pattern;

/**
 * A document's name as a file name that every file system keeps apart from every other: lower-case
 * ASCII, at most 100 characters. Plain names stay as they are. The others are hashed, with a tilde,
 * which no plain name has.
 */
final class SafeName {
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,98}[a-z0-9_-])?");

  /** Names of folders of versions, and of devices on Windows, with any ending. */
  private static final Pattern TAKEN =
      Pattern.compile("v[0-9]+|(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

  private SafeName() {}

  static String of(DocumentName name) {
    String value = name.value();
    if (PLAIN.matcher(value).matches() && !TAKEN.matcher(value).matches()) {
      return value;
    }
    return HashedName.of(name);
  }
}
