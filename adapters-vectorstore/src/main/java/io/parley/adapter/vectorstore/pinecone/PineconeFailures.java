package io.parley.adapter.vectorstore.pinecone;

import io.parley.adapter.vectorstore.remote.GrpcFailures;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.pinecone.exceptions.PineconeAuthorizationException;
import io.pinecone.exceptions.PineconeBadRequestException;
import io.pinecone.exceptions.PineconeConfigurationException;
import io.pinecone.exceptions.PineconeException;
import io.pinecone.exceptions.PineconeForbiddenException;
import io.pinecone.exceptions.PineconeNotFoundException;
import io.pinecone.exceptions.PineconeValidationException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openapitools.db_control.client.ApiException;

/**
 * What Pinecone's client throws, in our words: over HTTP about indexes, over gRPC about vectors.
 */
final class PineconeFailures {
  static final String BACKEND = "Pinecone";
  private static final GrpcFailures GRPC = new GrpcFailures(BACKEND, "PINECONE_API_KEY");
  private static final int TOO_MANY = 429;

  private PineconeFailures() {}

  static PortFailure of(Throwable thrown) {
    return thrown instanceof PineconeException e ? ofIndexes(e) : GRPC.of(thrown);
  }

  /** Whether a failure means that the index, or the namespace, is not there. */
  static boolean isMissing(Throwable thrown) {
    return thrown.getCause() instanceof PineconeNotFoundException || GrpcFailures.isMissing(thrown);
  }

  static PortFailure failure(Kind kind, String sentence, @Nullable Throwable cause) {
    return new PortFailure(kind, BACKEND, sentence, cause);
  }

  private static PortFailure ofIndexes(PineconeException thrown) {
    return switch (thrown) {
      case PineconeAuthorizationException e -> rejected(e);
      case PineconeForbiddenException e -> rejected(e);
      case PineconeNotFoundException e -> refused(e);
      case PineconeBadRequestException e -> refused(e);
      case PineconeValidationException e -> refused(e);
      case PineconeConfigurationException e -> refused(e);
      default -> byCode(thrown);
    };
  }

  private static PortFailure rejected(PineconeException thrown) {
    return failure(
        Kind.CREDENTIALS_REJECTED,
        "Pinecone does not accept the key, or its project may have no further index. Check"
            + " PINECONE_API_KEY and the limits of the project.",
        thrown);
  }

  private static PortFailure refused(PineconeException thrown) {
    return failure(
        Kind.INVALID_CONFIGURATION,
        "Pinecone refused what it was asked. Check PINECONE_INDEX_NAME, PINECONE_CLOUD and"
            + " PINECONE_REGION.",
        thrown);
  }

  private static PortFailure byCode(PineconeException thrown) {
    ApiException api = thrown.getCause() instanceof ApiException e ? e : null;
    if (api != null && api.getCode() == TOO_MANY) {
      return new PortFailure(
          Kind.RATE_LIMITED,
          BACKEND,
          "Pinecone asks us to slow down. Try again later.",
          thrown,
          retryAfter(api.getResponseHeaders()));
    }
    if (api != null && api.getCause() instanceof SocketTimeoutException) {
      return failure(Kind.TIMEOUT, "Pinecone did not answer in time. Try again later.", thrown);
    }
    return failure(
        Kind.UNAVAILABLE, "Pinecone cannot be reached or is not well. Try again later.", thrown);
  }

  private static @Nullable Duration retryAfter(@Nullable Map<String, List<String>> headers) {
    return Objects.requireNonNullElse(headers, Map.<String, List<String>>of()).entrySet().stream()
        .filter(header -> header.getKey().toLowerCase(Locale.ROOT).equals("retry-after"))
        .flatMap(header -> header.getValue().stream())
        .filter(text -> text.matches("\\d{1,4}"))
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .findFirst()
        .orElse(null);
  }
}
