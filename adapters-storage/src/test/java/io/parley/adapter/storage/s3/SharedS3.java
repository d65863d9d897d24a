package io.parley.adapter.storage.s3;

import io.parley.domain.port.Secret;
import io.parley.testkit.storage.LocalS3;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One local server for all tests, started for the first and stopped after the last. */
final class SharedS3 implements ParameterResolver {
  static final S3Credentials KEY =
      new S3Credentials(LocalS3.ACCESS_KEY, new Secret(LocalS3.SECRET_KEY), null);

  /** Short enough for tests of what never answers. */
  static final S3Deadlines SHORT =
      new S3Deadlines(
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalS3.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(SharedS3.class))
        .getOrComputeIfAbsent(LocalS3.class, _ -> LocalS3.start(), LocalS3.class);
  }

  static S3BlobConfig config(LocalS3 server, String bucket) {
    return config(server.uri(), bucket);
  }

  static S3BlobConfig config(URI server, String bucket) {
    return S3BlobConfig.of(bucket, LocalS3.REGION, KEY).at(server, true);
  }
}
