package io.parley.adapter.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.testkit.Scopes;
import io.parley.testkit.storage.LocalS3;
import java.io.ByteArrayInputStream;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal names what was refused, as a policy calls it, and the page with the whole policy. */
class S3PermissionsTest {
  private final LocalS3 server = LocalS3.startWithPermissions();
  private final String bucket = server.newBucket();
  private final BotScope scope = Scopes.fresh();
  private final BlobKey key =
      BlobKey.of(
          scope,
          new VersionRef(new SourceId(UUID.randomUUID()), 1),
          new DocumentName("refused.txt"));
  private S3BlobStore store;

  @BeforeEach
  void open() {
    store = S3BlobStore.open(config(LocalS3.SECRET_KEY));
  }

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  private S3BlobConfig config(String secret) {
    return S3BlobConfig.of(
            bucket, LocalS3.REGION, new S3Credentials(LocalS3.ACCESS_KEY, new Secret(secret), null))
        .at(server.uri(), true);
  }

  private void doEverything() {
    store.requireUsable();
    store.put(scope, key, new ByteArrayInputStream(new byte[10]), 100);
    assertThat(store.open(scope, key)).isPresent();
    store.removeUnfinished();
    store.delete(scope, key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3:ListBucket",
        "s3:GetObject",
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:ListBucketMultipartUploads"
      })
  void aMissingPermissionIsNamedAsPoliciesNameIt(String action) {
    server.refuse(action);

    PortFailure refused = catchThrowableOfType(PortFailure.class, this::doEverything);

    assertThat(refused.kind()).isEqualTo(PortFailure.Kind.INVALID_CONFIGURATION);
    assertThat(refused.sentence()).contains("(" + action + ")", bucket, "docs/setup/s3.md");
    server.permitAll();
    doEverything();
  }

  @Test
  void wrongCredentialsAreToldFromMissingPermissions() {
    PortFailure rejected =
        catchThrowableOfType(
            PortFailure.class, () -> S3BlobStore.open(config("not-the-secret")).close());

    assertThat(rejected.kind()).isEqualTo(PortFailure.Kind.CREDENTIALS_REJECTED);
    assertThat(rejected.sentence())
        .contains("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        .doesNotContain("not-the-secret");
  }
}
