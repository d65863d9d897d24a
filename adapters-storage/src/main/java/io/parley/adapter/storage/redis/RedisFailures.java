package io.parley.adapter.storage.redis;

import io.github.bucket4j.TimeoutException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What Redis and its client say, as a kind and a sentence. */
final class RedisFailures {
  static final String BACKEND = "Redis";

  private RedisFailures() {}

  /**
   * @param place where Redis is, for people
   */
  static PortFailure of(Throwable thrown, String place) {
    boolean fromClient =
        thrown instanceof CompletionException || !(thrown instanceof RuntimeException);
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case PortFailure known -> {
          return known;
        }
        case RedisCommandExecutionException refused -> {
          return refused(String.valueOf(refused.getMessage()), place, thrown);
        }
        case RedisCommandTimeoutException _ -> {
          return slow(place, thrown);
        }
        case TimeoutException _ -> {
          return slow(place, thrown);
        }
        case java.util.concurrent.TimeoutException _ -> {
          return slow(place, thrown);
        }
        case SSLException _ -> {
          return failure(
              Kind.INVALID_CONFIGURATION,
              "The TLS connection to Redis at "
                  + place
                  + " fails. Use rediss:// in REDIS_URL only where Redis has TLS, with a certificate"
                  + " that Java trusts for that host.",
              thrown);
        }
        case RedisException _ -> fromClient = true;
        default -> {}
      }
    }
    // What else is thrown was thrown by whoever could not read what lies there.
    return fromClient
        ? failure(
            Kind.UNAVAILABLE,
            "Redis at " + place + " cannot be reached. Check REDIS_URL, and that Redis runs there.",
            thrown)
        : corrupt("Redis at " + place + " ", thrown);
  }

  /** Something lies there that Parley did not write. */
  static PortFailure foreign(String place) {
    return corrupt("Redis at " + place + " ", null);
  }

  private static PortFailure corrupt(String redis, @Nullable Throwable thrown) {
    return failure(
        Kind.CORRUPT_DATA, redis + "holds something else under a key of Parley's.", thrown);
  }

  private static PortFailure slow(String place, Throwable thrown) {
    return failure(Kind.TIMEOUT, "Redis at " + place + " did not answer in time.", thrown);
  }

  /** By the word that a refusal begins with; the rest of it may quote what was sent. */
  private static PortFailure refused(String message, String place, Throwable thrown) {
    String word = message.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    String redis = "Redis at " + place + " ";
    return switch (word) {
      case "NOAUTH", "WRONGPASS" -> rejected(redis, thrown);
      case "OOM" ->
          failure(
              Kind.STORAGE_FULL,
              redis + "is full. Give it more memory, or the policy allkeys-lru.",
              thrown);
      case "READONLY" ->
          failure(
              Kind.UNAVAILABLE,
              redis + "is a replica, which takes no writes. Name the primary in REDIS_URL.",
              thrown);
      case "NOPERM" ->
          failure(
              Kind.INVALID_CONFIGURATION,
              redis + "does not let its user do what is needed; docs/setup/redis.md lists it.",
              thrown);
      case "WRONGTYPE" -> corrupt(redis, thrown);
      case "MOVED", "ASK", "CROSSSLOT", "CLUSTERDOWN" ->
          failure(
              Kind.INVALID_CONFIGURATION,
              redis + "is a cluster, which Parley does not speak to. Name a single server.",
              thrown);
      case "LOADING", "MASTERDOWN", "BUSY" ->
          failure(Kind.UNAVAILABLE, redis + "is not ready yet.", thrown);
      default ->
          message.contains("invalid password") || message.contains("AUTH")
              ? rejected(redis, thrown)
              : failure(
                  Kind.INVALID_CONFIGURATION,
                  redis + "refused a command (" + known(word) + ").",
                  thrown);
    };
  }

  private static PortFailure rejected(String redis, Throwable thrown) {
    return failure(
        Kind.CREDENTIALS_REJECTED,
        redis + "does not accept the user and password of REDIS_URL.",
        thrown);
  }

  /** A word of Redis's own, or nothing of what it said. */
  private static String known(String word) {
    return word.matches("[A-Z]{2,20}") ? word : "without a reason";
  }

  private static PortFailure failure(Kind kind, String sentence, @Nullable Throwable thrown) {
    Throwable cause =
        thrown instanceof ExecutionException || thrown instanceof CompletionException
            ? thrown.getCause()
            : thrown;
    return new PortFailure(kind, BACKEND, sentence, cause);
  }
}
