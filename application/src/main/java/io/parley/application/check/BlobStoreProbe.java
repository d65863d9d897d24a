package io.parley.application.check;

import static io.parley.application.check.CheckFailed.unless;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries a blob store with files of a user of its own, which it removes at the end. */
public final class BlobStoreProbe implements Probe {
  private static final Duration QUICK = Duration.ofSeconds(60);
  private static final Duration LARGE = Duration.ofMinutes(5);
  private static final int MEGABYTE = 1 << 20;

  /** More than any memory for uploads should hold. */
  public static final long LARGEST = 100L << 20;

  private final Subject subject;
  private final long[] sizes;
  private final IdSource ids;
  private final Supplier<OpenBlobs> opener;
  private final OwnScope own;
  private final SourceId source;
  private @Nullable OpenBlobs opened;
  private boolean written;

  /**
   * A store that is open.
   *
   * @param usable throws what keeps it from being worked with
   * @param links opens its preview links
   * @param closing closes all of it
   */
  public record OpenBlobs(BlobStore store, Runnable usable, LinkReader links, Runnable closing) {}

  /**
   * @param largest bytes of the largest file, more than 5 MB; the others are from a byte to a byte
   *     more than a part of an upload
   */
  public BlobStoreProbe(Subject subject, long largest, IdSource ids, Supplier<OpenBlobs> opener) {
    this.subject = subject;
    this.sizes = new long[] {1, 1_000, PreviewChecks.SIZE, (5L << 20) + 1, largest};
    this.ids = ids;
    this.opener = opener;
    this.own = OwnScope.fresh(ids);
    this.source = new SourceId(ids.next());
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(Check.needed("open", QUICK, this::open));
    for (int i = 0; i < sizes.length; i++) {
      int version = i + 1;
      String name = "write and read " + words(sizes[i]);
      Duration limit = sizes[i] > MEGABYTE ? LARGE : QUICK;
      checks.add(new Check(name, limit, i == 0, () -> writeAndRead(version)));
    }
    checks.add(Check.of("file over the limit", QUICK, this::tooLarge));
    checks.addAll(new PreviewChecks(this::blobs, scope(), key(previewed()), previewed()).all());
    checks.add(Check.of("missing file", QUICK, this::missing));
    checks.add(Check.of("list", QUICK, this::list));
    checks.add(Check.of("unfinished uploads", QUICK, this::unfinished));
    checks.add(Check.of("delete", QUICK, this::delete));
    checks.add(Check.of("delete all of a document", QUICK, this::deleteAll));
    return checks;
  }

  private static String words(long size) {
    return switch ((int) Math.min(size, Integer.MAX_VALUE)) {
      case 1 -> "1 byte";
      case 1_000 -> "1 KB";
      default ->
          size % MEGABYTE == 0
              ? size / MEGABYTE + " MB"
              : String.format(Locale.ROOT, "%d MB and a byte", size / MEGABYTE);
    };
  }

  private int previewed() {
    return Arrays.binarySearch(sizes, PreviewChecks.SIZE) + 1;
  }

  private OpenBlobs blobs() {
    return Optional.ofNullable(opened)
        .orElseThrow(() -> new IllegalStateException("It is not open."));
  }

  private BlobStore store() {
    return blobs().store();
  }

  private BotScope scope() {
    return own.bot();
  }

  private BlobKey key(int version) {
    return BlobKey.of(scope(), new VersionRef(source, version), new DocumentName("check.txt"));
  }

  private Verdict open() {
    opened = opener.get();
    opened.usable().run();
    return Verdict.passed();
  }

  private Verdict writeAndRead(int version) throws IOException {
    long size = sizes[version - 1];
    GeneratedContent content = new GeneratedContent(size, version);
    written = true;
    PutResult result = store().put(scope(), key(version), content, size);
    String sha256 = content.sha256Read();
    unless(
        result.equals(new PutResult.Stored(size, sha256)),
        "A file was not kept as it was sent: its size or its checksum is another.");
    unless(store().holds(key(version)), "A file that was kept is said to be missing.");
    try (InputStream back = opened(version)) {
      unless(
          sha256Of(back).equals(sha256), "A file that was read back is not the one that was sent.");
    }
    return Verdict.passed("sha-256 " + sha256.substring(0, 8));
  }

  private InputStream opened(int version) {
    return store()
        .open(scope(), key(version))
        .orElseThrow(() -> new CheckFailed("A file that was kept cannot be found."));
  }

  private static String sha256Of(InputStream content) throws IOException {
    MessageDigest digest = GeneratedContent.sha256();
    byte[] buffer = new byte[64 * 1024];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private Verdict tooLarge() {
    int version = sizes.length + 1;
    PutResult result =
        store().put(scope(), key(version), new GeneratedContent(1_001, version), 1_000);
    unless(
        result instanceof PutResult.TooLarge && !store().holds(key(version)),
        "A file over the limit was kept.");
    return Verdict.passed("refused");
  }

  private Verdict missing() {
    BlobKey unknown =
        BlobKey.of(
            scope(), new VersionRef(new SourceId(ids.next()), 1), new DocumentName("no.txt"));
    unless(
        store().open(scope(), unknown).isEmpty() && !store().holds(unknown),
        "A file that nobody has written is said to be there.");
    store().delete(scope(), unknown);
    return Verdict.passed("told as missing");
  }

  private Verdict list() {
    long counted = store().count(scope(), source);
    unless(
        counted == sizes.length,
        "Of " + sizes.length + " files that were written, " + counted + " are listed.");
    unless(
        !store().list(null, 10).items().isEmpty(),
        "The list of all files says that there is none.");
    return Verdict.passed(counted + " files");
  }

  private Verdict unfinished() {
    int removed = store().removeUnfinished();
    return Verdict.passed(removed == 0 ? "none" : removed + " old ones removed");
  }

  private Verdict delete() {
    store().delete(scope(), key(1));
    unless(
        store().open(scope(), key(1)).isEmpty() && !store().holds(key(1)),
        "A file that was deleted is still there.");
    store().delete(scope(), key(1));
    return Verdict.passed();
  }

  private Verdict deleteAll() {
    long removed = store().deleteAll(scope(), source);
    unless(
        removed == sizes.length - 1 && store().count(scope(), source) == 0,
        "All files of a document were deleted, and "
            + store().count(scope(), source)
            + " are still there.");
    unless(
        !store().retained().contains(Retained.VERSIONS),
        "The bucket keeps versions of what was deleted, and Parley may not remove them.");
    written = false;
    return Verdict.passed(removed + " files");
  }

  @Override
  public List<String> cleanUp() {
    if (opened == null) {
      return List.of();
    }
    OpenBlobs open = blobs();
    try {
      if (written) {
        open.store().deleteAll(own.user());
      }
      boolean kept = written && !isGone(open.store());
      return kept ? List.of(place()) : List.of();
    } catch (PortFailure e) {
      return List.of(place());
    } finally {
      open.closing().run();
    }
  }

  private boolean isGone(BlobStore store) {
    return store.count(own.user()) == 0 && !store.retained().contains(Retained.VERSIONS);
  }

  private String place() {
    return "files below documents/" + own.user().user() + "/ in " + subject.name();
  }
}
