package io.parley.adapter.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.adapter.storage.s3.FaultyFront.Fault;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.Secret;
import io.parley.domain.port.storage.PutResult;
import io.parley.testkit.Scopes;
import io.parley.testkit.storage.GeneratedBytes;
import io.parley.testkit.storage.LocalS3;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong between Parley and S3, and what is said of it. */
@ExtendWith(SharedS3.class)
class S3FaultsTest {
  private static final int MORE_THAN_A_PART = Part.SIZE + 1_000;
  private static final int ATTEMPTS = 2;

  private final LocalS3 server;
  private final FaultyFront front;
  private final BotScope scope = Scopes.fresh();
  private String bucket;
  private S3BlobStore store;

  S3FaultsTest(LocalS3 server) {
    this.server = server;
    this.front = new FaultyFront(server.uri());
  }

  @BeforeEach
  void open() {
    bucket = server.newBucket();
    store = S3BlobStore.open(config());
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    front.close();
  }

  private S3BlobConfig config() {
    return SharedS3.config(front.uri(), bucket).within(S3Deadlines.DEFAULT, ATTEMPTS);
  }

  /** Another door to the same bucket, for what never answers. */
  private S3BlobStore impatient() {
    return S3BlobStore.open(config().within(SharedS3.SHORT, 1));
  }

  private BlobKey key() {
    return BlobKey.of(
        scope, new VersionRef(new SourceId(UUID.randomUUID()), 1), new DocumentName("a.bin"));
  }

  private PutResult put(BlobKey key, int size) {
    return store.put(scope, key, GeneratedBytes.of(1, size), Long.MAX_VALUE);
  }

  private static PortFailure failure(Kind kind, ThrowingCallable call) {
    PortFailure[] failure = new PortFailure[1];
    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(call)
        .satisfies(thrown -> failure[0] = thrown);
    assertThat(failure[0].kind()).as(failure[0].sentence()).isEqualTo(kind);
    assertThat(failure[0].sentence())
        .endsWith(".")
        .doesNotContain(LocalS3.SECRET_KEY, LocalS3.ACCESS_KEY);
    return failure[0];
  }

  @ParameterizedTest
  @CsvSource({
    "503, SlowDown, RATE_LIMITED, slow down",
    "429, TooManyRequests, RATE_LIMITED, slow down",
    "500, InternalError, UNAVAILABLE, failure of its own",
    "503, ServiceUnavailable, UNAVAILABLE, failure of its own",
    "403, SignatureDoesNotMatch, CREDENTIALS_REJECTED, AWS_SECRET_ACCESS_KEY",
    "403, InvalidAccessKeyId, CREDENTIALS_REJECTED, AWS_ACCESS_KEY_ID",
    "400, ExpiredToken, CREDENTIALS_REJECTED, access key",
    "403, AccessDenied, INVALID_CONFIGURATION, docs/setup/s3.md",
    "403, RequestTimeTooSkewed, INVALID_CONFIGURATION, clock",
    "404, NoSuchBucket, INVALID_CONFIGURATION, S3_BUCKET_NAME",
    "400, InvalidBucketName, INVALID_CONFIGURATION, S3_BUCKET_NAME",
    "400, KMS.DisabledException, INVALID_CONFIGURATION, PARLEY_S3_ENCRYPTION",
    "501, NotImplemented, INVALID_CONFIGURATION, PARLEY_S3_ENCRYPTION",
    "507, InsufficientStorage, STORAGE_FULL, no space",
    "400, RequestTimeout, TIMEOUT, too long",
    "400, BadDigest, CORRUPT_DATA, checksum",
    "418, Whatever, INVALID_CONFIGURATION, AWS_ENDPOINT_URL_S3"
  })
  void whatS3AnswersBecomesAKindAndASentence(int status, String code, Kind kind, String words) {
    BlobKey key = key();
    front.spoil(_ -> Fault.Answer.error(status, code, ""));

    assertThat(failure(kind, () -> put(key, 10)).sentence()).contains(words);
  }

  @Test
  void aBucketInAnotherRegionIsNamedWithItsRegion() {
    front.spoil(
        _ -> Fault.Answer.error(301, "PermanentRedirect", "x-amz-bucket-region: eu-west-1\r\n"));

    assertThat(failure(Kind.INVALID_CONFIGURATION, store::requireUsable).sentence())
        .contains("eu-west-1", "AWS_REGION");
  }

  @Test
  void asksAgainAsOftenAsIsSetAndSaysHowLongToWait() {
    front.spoil(_ -> Fault.Answer.error(503, "SlowDown", "Retry-After: 1\r\n"));

    PortFailure failure = failure(Kind.RATE_LIMITED, store::requireUsable);

    assertThat(front.requests()).hasSize(ATTEMPTS);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(failure.retryable()).isTrue();
  }

  @Test
  void aShortFaultIsNotNoticed() {
    BlobKey key = key();
    boolean[] spoilt = new boolean[1];
    front.spoil(_ -> {
      boolean first = !spoilt[0];
      spoilt[0] = true;
      return first ? Fault.Answer.error(500, "InternalError", "") : new Fault.None();
    });

    assertThat(put(key, 10)).isInstanceOf(PutResult.Stored.class);
    assertThat(front.requests()).hasSize(2);
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    try (S3BlobStore hasty = impatient()) {
      front.spoil(_ -> new Fault.Silence());

      failure(
          Kind.TIMEOUT, () -> hasty.put(scope, key(), GeneratedBytes.of(1, 10), Long.MAX_VALUE));
      failure(Kind.TIMEOUT, hasty::requireUsable);
    }
  }

  @Test
  void aServerThatIsNotThereIsNamed() {
    S3BlobConfig nobody = config().at(URI.create("http://127.0.0.1:1"), true);
    S3BlobConfig nowhere = config().at(URI.create("http://nowhere.invalid"), true);

    assertThat(failure(Kind.UNAVAILABLE, () -> S3BlobStore.open(nobody)).sentence())
        .contains("127.0.0.1:1");
    assertThat(failure(Kind.UNAVAILABLE, () -> S3BlobStore.open(nowhere)).sentence())
        .contains("nowhere.invalid", "AWS_ENDPOINT_URL_S3");
  }

  @Test
  void aWrongSecretIsRejected() {
    S3BlobConfig config =
        S3BlobConfig.of(
                bucket,
                LocalS3.REGION,
                new S3Credentials(LocalS3.ACCESS_KEY, new Secret("wrong-secret"), null))
            .at(server.uri(), true);

    failure(Kind.CREDENTIALS_REJECTED, () -> S3BlobStore.open(config));
    assertThat(config.toString()).doesNotContain("wrong-secret");
  }

  @Test
  void aMissingBucketIsNamed() {
    S3BlobConfig config = SharedS3.config(server, "no-bucket-of-mine");

    assertThat(failure(Kind.INVALID_CONFIGURATION, () -> S3BlobStore.open(config)).sentence())
        .contains("no-bucket-of-mine", "Create it");
  }

  @Test
  void whatIsNoS3IsCorrupt() {
    front.spoil(_ -> new Fault.Answer(200, "Content-Type: text/html\r\n", "<html>Hello"));

    assertThat(failure(Kind.CORRUPT_DATA, store::requireUsable).sentence())
        .contains("AWS_ENDPOINT_URL_S3");
  }

  @Test
  void aFileThatIsCutOffIsNotTakenForTheWhole() {
    BlobKey key = key();
    put(key, 100_000);
    front.spoil(_ -> new Fault.CutOff(50_000));

    failure(Kind.UNAVAILABLE, () -> readAll(store, key));
  }

  @Test
  void aFileThatStopsComingIsGivenUp() {
    BlobKey key = key();
    put(key, 100_000);
    try (S3BlobStore hasty = impatient()) {
      front.spoil(_ -> new Fault.Stall(50_000));

      failure(Kind.TIMEOUT, () -> readAll(hasty, key));
    }
  }

  @Test
  void aFileThatTakesForEverIsGivenUp() {
    BlobKey key = key();
    put(key, 10);
    S3Deadlines none =
        new S3Deadlines(
            S3Deadlines.DEFAULT.connect(),
            S3Deadlines.DEFAULT.idle(),
            S3Deadlines.DEFAULT.attempt(),
            S3Deadlines.DEFAULT.call(),
            Duration.ZERO);

    try (S3BlobStore hasty = S3BlobStore.open(config().within(none, 1))) {
      assertThat(failure(Kind.TIMEOUT, () -> readAll(hasty, key)).sentence())
          .contains("takes too long");
    }
  }

  private void readAll(S3BlobStore from, BlobKey key) throws IOException {
    try (InputStream content = from.open(scope, key).orElseThrow()) {
      content.readAllBytes();
    }
  }

  @Test
  void nothingIsThereAndNothingLeftOverWhenAPartFails() {
    BlobKey key = key();
    front.spoil(line ->
        line.contains("partNumber=2")
            ? Fault.Answer.error(500, "InternalError", "")
            : new Fault.None());

    failure(Kind.UNAVAILABLE, () -> put(key, MORE_THAN_A_PART));

    assertThat(server.keys(bucket)).isEmpty();
    assertThat(server.unfinished(bucket)).isZero();
    assertThat(store.open(scope, key)).isEmpty();
  }

  @Test
  void whatACrashLeftUnfinishedGoesAfterADay() {
    Instant now = Instant.parse("2026-11-21T12:00:00Z");
    String listed =
        "<ListMultipartUploadsResult>"
            + upload("documents/old", now.minus(Duration.ofHours(25)))
            + upload("documents/young", now.minus(Duration.ofHours(23)))
            + upload("elsewhere/old", now.minus(Duration.ofHours(25)))
            + "</ListMultipartUploadsResult>";
    front.spoil(line ->
        line.contains("?uploads")
            ? new Fault.Answer(200, "Content-Type: application/xml\r\n", listed)
            : new Fault.Answer(204, "", ""));

    try (S3BlobStore later = S3BlobStore.open(config().withClock(() -> now))) {
      assertThat(later.removeUnfinished()).isEqualTo(1);
    }

    assertThat(front.requests())
        .filteredOn(line -> line.startsWith("DELETE"))
        .singleElement()
        .asString()
        .contains("documents/old?uploadId=u");
  }

  private static String upload(String key, Instant begun) {
    return "<Upload><Key>%s</Key><UploadId>u</UploadId><Initiated>%s</Initiated></Upload>"
        .formatted(key, begun);
  }

  @Test
  void anUploadWhoseLastAnswerWasLostHasArrived() {
    BlobKey key = key();
    front.spoil(line ->
        line.startsWith("POST") && line.contains("uploadId=")
            ? new Fault.CutOff(0)
            : new Fault.None());

    assertThat(put(key, MORE_THAN_A_PART)).isInstanceOf(PutResult.Stored.class);
    front.spoil(line -> line.startsWith("PUT") ? new Fault.CutOff(0) : new Fault.None());
    assertThat(put(key(), 10)).isInstanceOf(PutResult.Stored.class);
    assertThat(server.keys(bucket)).hasSize(2);
    assertThat(server.unfinished(bucket)).isZero();
  }

  @Test
  void whereVersionsMayNotBeRemovedTheFileIsHiddenAndThatIsSaid() {
    server.keepVersions(bucket);
    BlobKey key = key();
    put(key, 10);
    front.spoil(line ->
        line.contains("versionId=")
            ? Fault.Answer.error(403, "AccessDenied", "")
            : new Fault.None());

    store.deleteAll(scope, key.ref().source());

    assertThat(store.open(scope, key)).isEmpty();
    assertThat(store.count(scope, key.ref().source())).isZero();
    assertThat(server.versions(bucket)).isNotEmpty();
    assertThat(store.retained()).contains(Retained.VERSIONS);
  }

  @Test
  void whatWasDeniedOnceIsForgottenOnlyWhenVersionsCouldBeRemoved() {
    server.keepVersions(bucket);
    BlobKey denied = key();
    put(denied, 10);
    front.spoil(line ->
        line.contains("versionId=")
            ? Fault.Answer.error(403, "AccessDenied", "")
            : new Fault.None());
    store.deleteAll(scope, denied.ref().source());

    front.spoil(_ -> new Fault.None());
    store.deleteAll(scope, key().ref().source());
    assertThat(store.retained()).as("nothing was there to remove").contains(Retained.VERSIONS);

    store.deleteAll(scope, denied.ref().source());
    assertThat(server.versions(bucket)).isEmpty();
    assertThat(store.retained()).doesNotContain(Retained.VERSIONS);
  }

  @Test
  void whereTheVersioningMayNotBeAskedForVersionsMayStay() {
    front.spoil(line ->
        line.contains("versioning")
            ? Fault.Answer.error(403, "AccessDenied", "")
            : new Fault.None());
    BlobKey key = key();
    put(key, 10);

    store.delete(scope, key);

    assertThat(store.holds(key)).isFalse();
    assertThat(store.retained()).contains(Retained.VERSIONS);
  }

  @Test
  void aServerWithoutVersionsOrListsOfUploadsIsWorkedWith() {
    front.spoil(line ->
        line.contains("versioning") || line.contains("uploads")
            ? Fault.Answer.error(501, "NotImplemented", "")
            : new Fault.None());

    assertThat(store.retained()).containsExactly(Retained.OWN_BACKUPS);
    assertThat(store.removeUnfinished()).isZero();
  }
}
