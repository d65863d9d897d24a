package io.parley.application.check;

import static io.parley.application.check.CheckFailed.unless;

import io.parley.application.check.BlobStoreProbe.OpenBlobs;
import io.parley.application.check.LinkReader.Fetched;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ContentType;
import io.parley.domain.port.storage.PreviewAs;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is tried on the preview links of a file that was written before.
 *
 * @param seed of its bytes
 */
record PreviewChecks(Supplier<OpenBlobs> blobs, BotScope scope, BlobKey key, int seed) {
  /** Bytes of the file. */
  static final int SIZE = 1 << 20;

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration VALID = Duration.ofMinutes(5);
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int REFUSED = 400;

  List<Check> all() {
    return List.of(
        Check.of("preview link", LIMIT, this::whole),
        Check.of("range of a preview", LIMIT, this::range),
        Check.of("forged preview link", LIMIT, this::forged));
  }

  private URI link() {
    PreviewAs as = new PreviewAs(key.name(), ContentType.TEXT);
    return blobs.get().store().preview(scope, key, as, VALID).uri();
  }

  private LinkReader links() {
    return blobs.get().links();
  }

  private byte[] expected() {
    byte[] bytes = new byte[SIZE];
    GeneratedContent content = new GeneratedContent(SIZE, seed);
    for (int at = 0; at < bytes.length; ) {
      at += content.read(bytes, at, bytes.length - at);
    }
    return bytes;
  }

  private Verdict whole() throws Exception {
    Fetched whole = links().fetch(link(), null);
    unless(whole.status() == OK, "A preview link answered with status " + whole.status() + ".");
    unless(
        Arrays.equals(whole.content(), expected()),
        "A preview link gave other bytes than the file has.");
    return Verdict.passed(whole.content().length + " bytes");
  }

  private Verdict range() throws Exception {
    if (!links().ranges()) {
      return Verdict.skipped(
          "The server itself cuts ranges out of previews: ./parley check --url asks for one.");
    }
    Fetched part = links().fetch(link(), "bytes=1000-1999");
    unless(
        part.status() == PARTIAL
            && Arrays.equals(part.content(), Arrays.copyOfRange(expected(), 1_000, 2_000)),
        "Bytes 1000 to 1999 of a preview were asked for, and something else came (status "
            + part.status()
            + ").");
    return Verdict.passed();
  }

  /** The end of the link belongs to its signature, or to what is signed. */
  private Verdict forged() throws Exception {
    String right = link().toString();
    String end = right.endsWith("00") ? "11" : "00";
    URI wrong = URI.create(right.substring(0, right.length() - 2) + end);
    Fetched got = links().fetch(wrong, null);
    unless(
        got.status() >= REFUSED && !Arrays.equals(got.content(), expected()),
        "A preview link with a forged signature was answered with the file.");
    return Verdict.passed("refused");
  }
}
