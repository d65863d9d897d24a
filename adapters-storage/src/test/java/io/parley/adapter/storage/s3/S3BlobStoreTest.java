package io.parley.adapter.storage.s3;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.storage.s3.FaultyFront.Fault.None;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.BlobInventory.StoredBlob;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.PreviewLink;
import io.parley.domain.port.storage.PutResult;
import io.parley.testkit.Scopes;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.storage.GeneratedBytes;
import io.parley.testkit.storage.LocalS3;
import io.parley.testkit.storage.NastyNames;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is special about a bucket. */
@ExtendWith(SharedS3.class)
class S3BlobStoreTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final HttpClient browser = HttpClient.newHttpClient();
  private final BotScope scope = Scopes.fresh();
  private final LocalS3 server;
  private String bucket;
  private S3BlobStore store;

  S3BlobStoreTest(LocalS3 server) {
    this.server = server;
  }

  @BeforeEach
  void open() {
    bucket = server.newBucket();
    store = S3BlobStore.open(SharedS3.config(server, bucket));
  }

  @AfterEach
  void close() {
    store.close();
    browser.close();
  }

  private BlobKey key(SourceId source, int version, String name) {
    return BlobKey.of(scope, new VersionRef(source, version), new DocumentName(name));
  }

  private BlobKey put(String name, String text) {
    BlobKey key = key(new SourceId(UUID.randomUUID()), 1, name);
    put(key, text);
    return key;
  }

  private void put(BlobKey key, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(store.put(scope, key, new ByteArrayInputStream(bytes), 1_000))
        .isInstanceOf(PutResult.Stored.class);
  }

  @Test
  void keysAreThoseThatOtherToolsKnow() {
    SourceId source = new SourceId(UUID.randomUUID());
    put(key(source, 1, "Jahresbericht Köln (2024).pdf"), "1");
    put(key(source, 12, "report.pdf"), "12");

    String folder = "documents/" + scope.owner() + "/" + source + "/";
    assertThat(server.keys(bucket))
        .containsExactlyInAnyOrder(
            folder + "Jahresbericht Köln (2024).pdf", folder + "v12/report.pdf");
  }

  @Test
  void namesThatWouldBeMisreadAreHashed() {
    for (String name : List.of("v2", "a/b", "..", "100%.txt", "x\u0001y", " a", "a ", "\uD83D")) {
      assertThat(ObjectName.of(new DocumentName(name))).matches("[a-z0-9-]*~[0-9a-f]{32}");
    }
    assertThat(NastyNames.ALL.stream().map(DocumentName::new).map(ObjectName::of))
        .doesNotHaveDuplicates()
        .allMatch(name -> !name.contains("/") && !name.isBlank());
  }

  @Test
  void whatOthersPutIsListedAsNotParleys() {
    server.put(bucket, "documents/readme.txt");
    server.put(bucket, "elsewhere/readme.txt");

    assertThat(store.list(null, 10).items())
        .singleElement()
        .satisfies(foreign -> {
          assertThat(foreign.ref()).isNull();
          assertThat(foreign.place()).isEqualTo("documents/readme.txt");
        });
  }

  @Test
  void isEncryptedUnlessToldOtherwise() throws IOException {
    try (FaultyFront front = new FaultyFront(server.uri())) {
      S3BlobConfig config = SharedS3.config(front.uri(), bucket);
      S3BlobConfig kms = config.encrypted(S3Encryption.KMS, "key-7");
      S3BlobConfig none = config.encrypted(S3Encryption.NONE, null);

      assertThat(encryption(front, config)).hasSize(2).allMatch(by -> by.equals("AES256"));
      assertThat(encryption(front, none)).isEmpty();
      front.spoil(line ->
          line.startsWith("PUT") ? FaultyFront.Fault.Answer.error(400, "x", "") : new None());
      assertThatThrownBy(() -> putBothWays(kms)).isInstanceOf(PortFailure.class);
      assertThat(front.headers("x-amz-server-side-encryption")).contains("aws:kms");
      assertThat(front.headers("x-amz-server-side-encryption-aws-kms-key-id")).contains("key-7");
    }
  }

  @Test
  void itsMarkIsEncryptedAsFilesAre() throws IOException {
    try (FaultyFront front = new FaultyFront(server.uri())) {
      S3BlobConfig kms = SharedS3.config(front.uri(), bucket).encrypted(S3Encryption.KMS, "key-7");
      front.spoil(line ->
          line.startsWith("PUT") ? FaultyFront.Fault.Answer.error(400, "x", "") : new None());

      try (S3BlobStore other = S3BlobStore.open(kms)) {
        assertThatThrownBy(
                () -> other.requireSameAs(new InMemoryPersistence().secrets(), true, () -> 0))
            .isInstanceOf(PortFailure.class);
      }

      assertThat(front.headers("x-amz-server-side-encryption")).contains("aws:kms");
      assertThat(front.headers("x-amz-server-side-encryption-aws-kms-key-id")).contains("key-7");
    }
  }

  private List<String> encryption(FaultyFront front, S3BlobConfig config) {
    front.spoil(_ -> new None());
    putBothWays(config);
    return front.headers("x-amz-server-side-encryption");
  }

  private void putBothWays(S3BlobConfig config) {
    try (S3BlobStore other = S3BlobStore.open(config)) {
      SourceId source = new SourceId(UUID.randomUUID());
      for (int size : new int[] {10, Part.SIZE + 10}) {
        other.put(scope, key(source, size, "a"), GeneratedBytes.of(1, size), Part.SIZE * 2);
      }
    }
  }

  @Test
  void everyPartGoesWithItsChecksum() throws IOException {
    try (FaultyFront front = new FaultyFront(server.uri())) {
      putBothWays(SharedS3.config(front.uri(), bucket));

      assertThat(front.headers("x-amz-checksum-sha256"))
          .hasSize(3)
          .doesNotHaveDuplicates()
          .allMatch(sum -> sum.length() == 44);
    }
  }

  @Test
  void nothingIsLeftOverOfWhatBreaksOrIsTooLarge() {
    BlobKey key = key(new SourceId(UUID.randomUUID()), 1, "large.bin");
    assertThat(store.put(scope, key, GeneratedBytes.of(1, 20 << 20), 12 << 20))
        .isEqualTo(new PutResult.TooLarge(12 << 20));
    assertThatThrownBy(() -> store.put(scope, key, GeneratedBytes.breaking(1, 12 << 20), 20 << 20))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(server.unfinished(bucket)).isZero();
    assertThat(server.keys(bucket)).isEmpty();
  }

  private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return browser.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aLinkShowsTextInPlaceForNoLongerThanAsked() throws Exception {
    BlobKey key = put("Köln.txt", "Grüße");
    PreviewAs as = new PreviewAs(new DocumentName("Köln *1.txt"), ContentType.TEXT);
    Instant latest = Instant.now().plus(HOUR).plusSeconds(1);

    PreviewLink link = store.preview(scope, key, as, HOUR);

    assertThat(link.expiresAt()).isBetween(latest.minusSeconds(60), latest);
    assertThat(link.uri().getQuery()).contains("X-Amz-Expires=3600");
    HttpResponse<String> shown = get(link.uri());
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.body()).isEqualTo("Grüße");
    assertThat(shown.headers().firstValue("Content-Type"))
        .get(as(InstanceOfAssertFactories.STRING))
        .isEqualToIgnoringWhitespace("text/plain; charset=utf-8");
    assertThat(shown.headers().firstValue("Content-Disposition"))
        .contains("inline; filename*=UTF-8''K%C3%B6ln%20%2A1.txt");
  }

  @Test
  void aLinkOffersWhatCouldRunScriptForDownload() throws Exception {
    BlobKey key = put("page.html", "<script>");
    PreviewAs as = new PreviewAs(key.name(), ContentType.HTML);

    HttpResponse<String> shown = get(store.preview(scope, key, as, HOUR).uri());

    assertThat(shown.headers().firstValue("Content-Disposition").orElseThrow())
        .startsWith("attachment;");
  }

  @Test
  void aLinkThatWasChangedOrHasExpiredOpensNothing() throws Exception {
    BlobKey key = put("page.html", "<script>");
    PreviewAs as = new PreviewAs(key.name(), ContentType.HTML);
    String link = store.preview(scope, key, as, Duration.ofMillis(1)).uri().toString();

    assertThat(get(URI.create(link.replace("attachment", "inline"))).statusCode()).isEqualTo(403);
    assertThat(get(URI.create(link.replace("X-Amz-Expires=1", "X-Amz-Expires=9"))).statusCode())
        .isEqualTo(403);
    while (get(URI.create(link)).statusCode() == 200) {
      Thread.sleep(100);
    }
    assertThat(get(URI.create(link)).statusCode()).isEqualTo(403);
  }

  @Test
  void anErasureRemovesEveryVersionThatTheBucketKeeps() {
    server.keepVersions(bucket);
    BlobKey key = put("notes.txt", "first");
    put(key, "second");
    put(key(key.ref().source(), 2, "notes.txt"), "third");
    BlobKey other = put("notes.txt", "of another document");

    assertThat(store.count(scope, key.ref().source())).isEqualTo(2);
    assertThat(store.deleteAll(scope, key.ref().source())).isEqualTo(2);

    assertThat(store.count(scope, key.ref().source())).isZero();
    assertThat(server.versions(bucket)).containsExactly(ObjectKeys.of(other));
    assertThat(store.retained()).containsExactly(Retained.OWN_BACKUPS);
  }

  @Test
  void oldVersionsOfWhatSomebodyElseRemovedAreCountedAndErased() {
    server.keepVersions(bucket);
    BlobKey key = put("notes.txt", "first");
    server.remove(bucket, ObjectKeys.of(key));

    assertThat(store.holds(key)).isFalse();
    assertThat(store.count(scope, key.ref().source())).isEqualTo(1);
    store.deleteAll(scope, key.ref().source());

    assertThat(server.versions(bucket)).isEmpty();
  }

  @Test
  void theReconcilerLeavesNoVersionEither() {
    server.keepVersions(bucket);
    put("notes.txt", "first");
    StoredBlob orphan = store.list(null, 1).items().getFirst();

    assertThat(store.remove(orphan)).isTrue();

    assertThat(server.versions(bucket)).isEmpty();
  }
}
