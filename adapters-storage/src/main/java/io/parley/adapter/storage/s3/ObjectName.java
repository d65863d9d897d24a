package io.parley.adapter.storage.s3;

import io.parley.adapter.storage.digest.HashedName;
import io.parley.domain.document.DocumentName;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A document's name as the last part of an object's key. Names of letters, digits, blanks and plain
 * punctuation stay as they are, up to 200 bytes. The others, which some server or proxy would read
 * as something else, are hashed, with a tilde, which no plain name has.
 */
final class ObjectName {
  private static final int MOST_BYTES = 200;
  private static final Pattern PLAIN =
      Pattern.compile(
          "[\\p{L}\\p{N}_(]([\\p{L}\\p{M}\\p{N} ._,()!'=@&$;+-]*[\\p{L}\\p{M}\\p{N}_)-])?");

  /** Would be taken for the folder of a version. */
  private static final Pattern TAKEN = Pattern.compile("v[0-9]+");

  private ObjectName() {}

  static String of(DocumentName name) {
    String value = name.value();
    boolean plain =
        PLAIN.matcher(value).matches()
            && !TAKEN.matcher(value).matches()
            && value.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
    return plain ? value : HashedName.of(name);
  }
}
