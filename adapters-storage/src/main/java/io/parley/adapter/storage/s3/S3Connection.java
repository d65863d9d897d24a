package io.parley.adapter.storage.s3;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The vendor's client, set up. Making one calls nobody. */
final class S3Connection {

  private S3Connection() {}

  static S3Client client(S3BlobConfig config) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(config.region()))
            .credentialsProvider(credentials(config))
            .forcePathStyle(config.pathStyle())
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            // Parley gives the checksums of what it sends; more than that not every server takes.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(config.deadlines().connect())
                    .socketTimeout(config.deadlines().idle()))
            .overrideConfiguration(bounded(config));
    if (config.endpoint() != null) {
      builder.endpointOverride(config.endpoint());
    }
    return builder.build();
  }

  static S3Presigner presigner(S3BlobConfig config, S3Client client) {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .s3Client(client)
            .region(Region.of(config.region()))
            .credentialsProvider(client.serviceClientConfiguration().credentialsProvider())
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(config.pathStyle()).build());
    if (config.endpoint() != null) {
      builder.endpointOverride(config.endpoint());
    }
    return builder.build();
  }

  /** Jitter, and a budget of retries for all calls together, are the standard strategy's. */
  private static ClientOverrideConfiguration bounded(S3BlobConfig config) {
    ClientOverrideConfiguration.Builder limits =
        ClientOverrideConfiguration.builder()
            .apiCallTimeout(config.deadlines().call())
            .apiCallAttemptTimeout(config.deadlines().attempt())
            .retryStrategy(
                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                    .maxAttempts(config.attempts())
                    .build());
    if (config.credentials() != null) {
      // A profile of whoever runs Parley changes nothing when the key is given.
      limits.defaultProfileFile(ProfileFile.aggregator().build());
    }
    return limits.build();
  }

  private static AwsCredentialsProvider credentials(S3BlobConfig config) {
    S3Credentials given = config.credentials();
    if (given == null) {
      return DefaultCredentialsProvider.builder().build();
    }
    String secret = given.secretAccessKey().reveal();
    return StaticCredentialsProvider.create(
        given.sessionToken() == null
            ? AwsBasicCredentials.create(given.accessKeyId(), secret)
            : AwsSessionCredentials.create(
                given.accessKeyId(), secret, given.sessionToken().reveal()));
  }
}
