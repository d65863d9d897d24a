package io.parley.testkit.storage;

import static io.parley.testkit.storage.BlobFixture.AS_PDF;
import static io.parley.testkit.storage.BlobFixture.PLENTY;
import static io.parley.testkit.storage.BlobFixture.newKey;
import static io.parley.testkit.storage.BlobFixture.sha256;
import static io.parley.testkit.storage.BlobFixture.text;
import static io.parley.testkit.storage.BlobFixture.textOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.Portion;
import io.parley.domain.port.storage.BlobInventory.StoredBlob;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PutResult;
import io.parley.testkit.Scopes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link BlobStore} keeps. */
public abstract class BlobStoreContract {
  private static final int BLOCK = 64 * 1024;

  /** The smallest part that remote stores take of what is sent in parts. */
  private static final int PART = 5 * 1024 * 1024;

  private BotScope scope = Scopes.fresh();
  private BlobStore store = new InMemoryBlobStore();

  /** A new, empty store. */
  protected abstract BlobStore create();

  /** How many bytes the store may take beyond the limit before it notices. */
  protected long readAhead() {
    return BLOCK;
  }

  @BeforeEach
  void openStore() {
    store = create();
    scope = Scopes.fresh();
  }

  @Test
  void keepsBlobsOfEverySizeAroundABuffer() {
    for (int size : new int[] {0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 3 * BLOCK + 7}) {
      keeps(size);
    }
  }

  @Test
  void keepsBlobsOfEverySizeAroundAPart() {
    for (int size : new int[] {PART - 1, PART, PART + 1, 2 * PART}) {
      keeps(size);
    }
  }

  @Test
  void keepsTwentyMegabytesFromAStream() {
    keeps(20 * 1024 * 1024);
  }

  @Test
  void keepsNothingOfWhatGoesWrongAfterAPart() {
    BlobKey broken = newKey(scope, "broken.bin");
    BlobKey large = newKey(scope, "large.bin");
    GeneratedBytes endless = GeneratedBytes.of(1, Long.MAX_VALUE);

    assertThatThrownBy(() -> store.put(scope, broken, GeneratedBytes.breaking(1, PART + 9), PLENTY))
        .isInstanceOf(RuntimeException.class);
    PutResult result = store.put(scope, large, endless, PART + 9);

    assertThat(result).isEqualTo(new PutResult.TooLarge(PART + 9));
    assertThat(endless.taken()).isBetween(PART + 10L, PART + 9 + readAhead());
    assertThat(store.count(Access.own(person()))).isZero();
    assertThat(store.list(null, 10).items()).isEmpty();
  }

  @Test
  void replacesABlobOfPartsWhole() {
    BlobKey key = put("notes.txt", "short");
    String sum = sha256(GeneratedBytes.of(3, PART + 1));

    store.put(scope, key, GeneratedBytes.of(3, PART + 1), PLENTY);
    assertThat(sha256(store.open(scope, key).orElseThrow())).isEqualTo(sum);
    store.put(scope, key, text("shorter"), PLENTY);

    assertThat(textOf(store, scope, key)).isEqualTo("shorter");
  }

  private void keeps(int size) {
    BlobKey key = newKey(scope, "file.bin");
    String sum = sha256(GeneratedBytes.of(size, size));

    PutResult result = store.put(scope, key, GeneratedBytes.of(size, size), size);

    assertThat(result).isEqualTo(new PutResult.Stored(size, sum));
    assertThat(sha256(store.open(scope, key).orElseThrow())).isEqualTo(sum);
  }

  @Test
  void replacesABlobWhole() {
    BlobKey key = put("notes.txt", "a long first text");

    store.put(scope, key, text("short"), PLENTY);

    assertThat(textOf(store, scope, key)).isEqualTo("short");
  }

  @Test
  void stopsReadingWhatIsTooLargeAndKeepsNothingOfIt() {
    BlobKey key = newKey(scope, "large.pdf");
    GeneratedBytes endless = GeneratedBytes.of(1, Long.MAX_VALUE);

    PutResult result = store.put(scope, key, endless, 100_000);

    assertThat(result).isEqualTo(new PutResult.TooLarge(100_000));
    assertThat(endless.taken()).isBetween(100_001L, 100_000 + readAhead());
    assertThat(store.open(scope, key)).isEmpty();
  }

  @Test
  void leavesTheOldBlobWhenTheNewOneIsTooLarge() {
    BlobKey key = put("notes.txt", "old");

    PutResult result = store.put(scope, key, text("newer"), 4);

    assertThat(result).isEqualTo(new PutResult.TooLarge(4));
    assertThat(textOf(store, scope, key)).isEqualTo("old");
  }

  @Test
  void leavesTheOldBlobWhenTheStreamBreaks() {
    BlobKey key = put("notes.txt", "old");

    assertThatThrownBy(() -> store.put(scope, key, GeneratedBytes.breaking(1, 200_000), PLENTY))
        .isInstanceOf(RuntimeException.class);

    assertThat(textOf(store, scope, key)).isEqualTo("old");
  }

  @Test
  void keepsNothingOfAStreamThatBreaks() {
    BlobKey key = newKey(scope, "notes.txt");

    assertThatThrownBy(() -> store.put(scope, key, GeneratedBytes.breaking(1, 200_000), PLENTY))
        .isInstanceOf(RuntimeException.class);

    assertThat(store.open(scope, key)).isEmpty();
  }

  @Test
  void hasNothingUnderAKeyNeverPut() {
    assertThat(store.open(scope, newKey(scope, "nothing.txt"))).isEmpty();
    assertThat(store.read(newKey(scope, "nothing.txt"))).isEmpty();
  }

  @Test
  void readsAndWritesWithoutAScopeWhatAScopeReadsAndWrites() {
    BlobKey put = put("put.bin", "put");
    BlobKey written = newKey(Scopes.fresh(), "written.bin");
    int size = 2 * BLOCK + 7;
    String sum = sha256(GeneratedBytes.of(9, size));

    PutResult result = store.write(written, GeneratedBytes.of(9, size), size);
    store.write(put, text("written over it"), PLENTY);

    assertThat(result).isEqualTo(new PutResult.Stored(size, sum));
    assertThat(store.holds(written)).isTrue();
    assertThat(sha256(store.read(written).orElseThrow())).isEqualTo(sum);
    assertThat(textOf(store, scope, put)).isEqualTo("written over it");
    assertThat(sha256(store.read(put).orElseThrow())).isEqualTo(sha256(text("written over it")));
    store.discard(written);
    store.discard(written);
    assertThat(store.holds(written)).isFalse();
    assertThat(store.holds(put)).isTrue();
  }

  @Test
  void keepsTheOldBlobWhenAWriteWithoutAScopeFails() {
    BlobKey key = put("notes.txt", "old");
    BlobKey large = newKey(scope, "large.bin");
    GeneratedBytes endless = GeneratedBytes.of(1, Long.MAX_VALUE);

    assertThat(store.write(key, text("newer"), 4)).isEqualTo(new PutResult.TooLarge(4));
    assertThatThrownBy(() -> store.write(key, GeneratedBytes.breaking(1, 200_000), PLENTY))
        .isInstanceOf(RuntimeException.class);
    assertThat(store.write(large, endless, 100_000)).isEqualTo(new PutResult.TooLarge(100_000));

    assertThat(endless.taken()).isBetween(100_001L, 100_000 + readAhead());
    assertThat(textOf(store, scope, key)).isEqualTo("old");
    assertThat(store.holds(large)).isFalse();
  }

  @Test
  void deletesABlobAndMindsNoSecondTime() {
    BlobKey key = put("notes.txt", "old");

    store.delete(scope, key);
    store.delete(scope, key);

    assertThat(store.open(scope, key)).isEmpty();
  }

  @Test
  void deletesNothingBesideTheBlob() {
    BlobKey first = put("notes.txt", "first");
    BlobKey second =
        BlobKey.of(scope, new VersionRef(first.ref().source(), 2), new DocumentName("notes.txt"));
    store.put(scope, second, text("second"), PLENTY);

    store.delete(scope, first);

    assertThat(textOf(store, scope, second)).isEqualTo("second");
  }

  @Test
  void removesEveryBlobOfASourceAlsoThoseThatNobodyKnows() {
    BlobKey first = put("notes.txt", "first");
    BlobKey forgotten =
        BlobKey.of(scope, new VersionRef(first.ref().source(), 7), new DocumentName("x.pdf"));
    store.put(scope, forgotten, text("late"), PLENTY);
    BlobKey other = put("notes.txt", "another source");

    assertThat(store.count(scope, first.ref().source())).isEqualTo(2);
    assertThat(store.deleteAll(scope, first.ref().source())).isEqualTo(2);

    assertThat(store.count(scope, first.ref().source())).isZero();
    assertThat(store.deleteAll(scope, first.ref().source())).isZero();
    assertThat(store.open(scope, first)).isEmpty();
    assertThat(store.open(scope, forgotten)).isEmpty();
    assertThat(textOf(store, scope, other)).isEqualTo("another source");
  }

  @Test
  void removesEveryBlobOfAUserAndNobodyElses() {
    put("a.txt", "one");
    put("b.txt", "two");
    BotScope foreign = Scopes.fresh();
    BlobKey kept = newKey(foreign, "c.txt");
    store.put(foreign, kept, text("three"), PLENTY);
    UserScope owner = Access.own(person());

    assertThat(store.count(owner)).isEqualTo(2);
    assertThat(store.deleteAll(owner)).isEqualTo(2);

    assertThat(store.count(owner)).isZero();
    assertThat(textOf(store, foreign, kept)).isEqualTo("three");
  }

  @Test
  void countsAndRemovesNothingInAForeignScope() {
    BlobKey key = put("notes.txt", "first");
    BotScope foreign = Scopes.fresh();

    assertThat(store.count(foreign, key.ref().source())).isZero();
    assertThat(store.deleteAll(foreign, key.ref().source())).isZero();
    refused(() -> store.deleteAll(Scopes.withOnly(scope, Permission.READ), key.ref().source()));
    refused(() -> store.count(Scopes.withOnly(scope, Permission.READ), key.ref().source()));

    assertThat(textOf(store, scope, key)).isEqualTo("first");
  }

  @Test
  void takesABlobAgainAfterItWasDeleted() {
    BlobKey key = put("notes.txt", "old");
    store.delete(scope, key);

    store.put(scope, key, text("new"), PLENTY);

    assertThat(textOf(store, scope, key)).isEqualTo("new");
  }

  @Test
  void keepsEveryNameApartFromEveryOther() {
    List<BlobKey> keys = new ArrayList<>();
    VersionRef ref = newKey(scope, "any").ref();
    for (String name : NastyNames.ALL) {
      keys.add(BlobKey.of(scope, ref, new DocumentName(name)));
    }
    keys.add(BlobKey.of(scope, new VersionRef(ref.source(), 2), new DocumentName("v2")));

    for (int i = 0; i < keys.size(); i++) {
      store.put(scope, keys.get(i), text("content " + i), PLENTY);
    }

    for (int i = 0; i < keys.size(); i++) {
      assertThat(textOf(store, scope, keys.get(i))).isEqualTo("content " + i);
    }
  }

  @Test
  void refusesAForeignScopeEverywhere() {
    BlobKey key = put("secret.txt", "secret");
    BotScope foreign = Scopes.fresh();

    refused(() -> store.put(foreign, key, text("mine"), PLENTY));
    refused(() -> store.open(foreign, key));
    refused(() -> store.delete(foreign, key));
    refused(() -> store.preview(foreign, key, AS_PDF, Duration.ofMinutes(1)));
    assertThat(textOf(store, scope, key)).isEqualTo("secret");
  }

  @Test
  void refusesWhatTheScopeDoesNotAllow() {
    BlobKey key = put("secret.txt", "secret");
    BotScope asking = Scopes.withOnly(scope, Permission.ASK);
    BotScope reading = Scopes.withOnly(scope, Permission.READ);
    BotScope writing = Scopes.withOnly(scope, Permission.WRITE);

    refused(() -> store.put(reading, key, text("mine"), PLENTY));
    refused(() -> store.open(asking, key));
    refused(() -> store.delete(reading, key));
    refused(() -> store.preview(writing, key, AS_PDF, Duration.ofMinutes(1)));
    assertThat(textOf(store, reading, key)).isEqualTo("secret");
    assertThat(textOf(store, writing, key)).isEqualTo("secret");
  }

  @Test
  void refusesLinksThatAreValidForNoTimeOrTooLong() {
    BlobKey key = put("notes.txt", "text");

    for (Duration wrong : List.of(Duration.ZERO, Duration.ofDays(7).plusMillis(1))) {
      assertThatThrownBy(() -> store.preview(scope, key, AS_PDF, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void refused(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalStateException.class);
  }

  private Actor.Person person() {
    return Actor.Person.of(scope.tenant(), scope.owner(), false);
  }

  private BlobKey put(String name, String content) {
    BlobKey key = newKey(scope, name);
    store.put(scope, key, text(content), PLENTY);
    return key;
  }

  private List<StoredBlob> listed(int limit) {
    List<StoredBlob> all = new ArrayList<>();
    Portion<StoredBlob> some = store.list(null, limit);
    all.addAll(some.items());
    while (some.next() != null) {
      some = store.list(some.next(), limit);
      all.addAll(some.items());
    }
    return all;
  }

  @Test
  void listsEachBlobOnceHoweverSmallThePortions() {
    List<BlobKey> keys = new ArrayList<>();
    for (String name : List.of("a.txt", "b.txt", "Ünser Bericht.pdf", "v2", "..", "c")) {
      keys.add(put(name, name));
    }
    BlobKey first = keys.getFirst();
    for (int version : new int[] {2, 11}) {
      VersionRef ref = new VersionRef(first.ref().source(), version);
      keys.add(BlobKey.of(scope, ref, first.name()));
      store.put(scope, keys.getLast(), text("again"), PLENTY);
    }

    for (int limit : new int[] {1, 2, 3, 7, 8, 1_000}) {
      List<StoredBlob> listed = listed(limit);

      assertThat(listed)
          .as("portions of %d", limit)
          .extracting(StoredBlob::place)
          .containsExactlyInAnyOrderElementsOf(keys.stream().map(store::placeOf).toList());
      assertThat(listed)
          .extracting(StoredBlob::ref)
          .containsExactlyInAnyOrderElementsOf(keys.stream().map(BlobKey::ref).toList());
    }
  }

  @Test
  void listsNothingOfAnEmptyStore() {
    assertThat(store.list(null, 10)).isEqualTo(new Portion<>(List.of(), null));
  }

  @Test
  void saysWhetherABlobIsThereAndRemovesOnesThatAreListed() {
    BlobKey gone = put("gone.txt", "gone");
    BlobKey kept = put("kept.txt", "kept");
    StoredBlob listed = listed(gone);

    assertThat(store.holds(gone)).isTrue();
    assertThat(store.remove(listed)).isTrue();

    assertThat(store.holds(gone)).isFalse();
    assertThat(store.open(scope, gone)).isEmpty();
    assertThat(store.remove(listed)).isFalse();
    assertThat(textOf(store, scope, kept)).isEqualTo("kept");
  }

  @Test
  void leavesABlobThatWasWrittenSinceItWasListed() {
    BlobKey key = put("notes.txt", "first");
    StoredBlob before = listed(key);
    while (listed(key).equals(before)) {
      LockSupport.parkNanos(2_000_000); // as exact as the store's times are
      store.put(scope, key, text("second"), PLENTY);
    }

    assertThat(store.remove(before)).isFalse();
    assertThat(textOf(store, scope, key)).isEqualTo("second");
  }

  private StoredBlob listed(BlobKey key) {
    return listed(1_000).stream()
        .filter(blob -> blob.place().equals(store.placeOf(key)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void removesNothingThatIsNotParleys() {
    StoredBlob foreign = new StoredBlob("lost+found", null, Instant.EPOCH);

    assertThatThrownBy(() -> store.remove(foreign)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesASecondReaderAndOneThatStopsEarly() throws IOException {
    BlobKey key = newKey(scope, "large.bin");
    store.put(scope, key, GeneratedBytes.of(4, PART), PLENTY);

    try (InputStream first = store.open(scope, key).orElseThrow();
        InputStream second = store.open(scope, key).orElseThrow()) {
      assertThat(first.readNBytes(10)).isEqualTo(second.readNBytes(10));
    }

    assertThat(sha256(store.open(scope, key).orElseThrow()))
        .isEqualTo(sha256(GeneratedBytes.of(4, PART)));
  }

  @Test
  void hasNothingUnfinishedWhileNothingHasCrashed() {
    put("notes.txt", "text");

    assertThat(store.removeUnfinished()).isZero();
    assertThat(listed(10)).hasSize(1);
  }
}
