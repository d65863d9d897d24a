package io.parley.faults.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The text of one version.
 *
 * @param topic what it is about; every version of a document has the same
 * @param canary stands in each of its paragraphs
 * @param paragraphs each becomes a chunk, or more
 */
public record SampleText(String topic, String canary, int paragraphs) {
  private static final String FILLER =
      " The stairs were painted in spring, and the store room was emptied for the winter."
          .repeat(4);

  /** What is asked to get the canary as the answer. */
  public String question() {
    return question(topic);
  }

  /** What is asked about a topic. */
  public static String question(String topic) {
    return "Who is the keeper of " + topic + "?";
  }

  /** The file. */
  public byte[] bytes() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= paragraphs; i++) {
      text.append("The keeper of %s is %s.".formatted(topic, canary));
      text.append(" This is paragraph %d.".formatted(i)).append(FILLER).append("\n\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Lower-case hexadecimal. */
  public String sha256() {
    return sha256(bytes());
  }

  /** Of any bytes, lower-case hexadecimal. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
