package io.parley.adapter.vectorstore.remote;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What gRPC says, in our words.
 *
 * @param backend what people call the store
 * @param keySetting the setting that holds its key
 */
public record GrpcFailures(String backend, String keySetting) {
  private static final Metadata.Key<String> RETRY_AFTER =
      Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);
  private static final long LONGEST_SECONDS = 3600;

  /** Whatever a call has thrown. */
  public PortFailure of(Throwable thrown) {
    return status(thrown)
        .map(status -> of(status, retryAfter(thrown), thrown))
        .orElseGet(() ->
            thrown instanceof TimeoutException
                ? of(Status.DEADLINE_EXCEEDED, null, thrown)
                : of(Status.UNKNOWN, null, thrown));
  }

  /** Whether the store says that what was asked is not there. */
  public static boolean isMissing(Throwable thrown) {
    return status(thrown).filter(status -> status.getCode() == Status.Code.NOT_FOUND).isPresent();
  }

  private PortFailure of(Status status, @Nullable Duration retryAfter, Throwable cause) {
    return switch (status.getCode()) {
      case DEADLINE_EXCEEDED ->
          failure(Kind.TIMEOUT, backend + " did not answer in time. Try again later.", cause);
      case RESOURCE_EXHAUSTED ->
          new PortFailure(
              Kind.RATE_LIMITED,
              backend,
              backend + " asks us to slow down. Try again later.",
              cause,
              retryAfter);
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          failure(
              Kind.CREDENTIALS_REJECTED,
              backend + " does not accept the key. Check " + keySetting + ".",
              cause);
      case INVALID_ARGUMENT,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          NOT_FOUND,
          ALREADY_EXISTS ->
          failure(
              Kind.INVALID_CONFIGURATION,
              backend
                  + " refused what it was asked ("
                  + status.getCode()
                  + "). Check that its version and its index are the ones that Parley expects.",
              cause);
      case DATA_LOSS -> failure(Kind.CORRUPT_DATA, backend + " says that it lost data.", cause);
      default ->
          failure(
              Kind.UNAVAILABLE,
              backend + " cannot be reached or is not well. Try again later.",
              cause);
    };
  }

  private PortFailure failure(Kind kind, String sentence, Throwable cause) {
    return new PortFailure(kind, backend, sentence, cause);
  }

  private static Optional<Status> status(@Nullable Throwable thrown) {
    return switch (thrown) {
      case null -> Optional.empty();
      case StatusRuntimeException e -> Optional.of(e.getStatus());
      case StatusException e -> Optional.of(e.getStatus());
      default -> status(thrown.getCause());
    };
  }

  private static @Nullable Duration retryAfter(@Nullable Throwable thrown) {
    return switch (thrown) {
      case null -> null;
      case StatusRuntimeException e -> seconds(e.getTrailers());
      default -> retryAfter(thrown.getCause());
    };
  }

  private static @Nullable Duration seconds(@Nullable Metadata trailers) {
    String text = trailers == null ? null : trailers.get(RETRY_AFTER);
    try {
      return text == null
          ? null
          : Duration.ofSeconds(Math.clamp(Long.parseLong(text.strip()), 0, LONGEST_SECONDS));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
