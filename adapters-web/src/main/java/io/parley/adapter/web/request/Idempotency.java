package io.parley.adapter.web.request;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.json.JsonMapper;
import io.parley.adapter.web.problem.ProblemException;
import io.parley.adapter.web.problem.Problems;
import io.parley.adapter.web.security.Caller;
import io.parley.domain.access.UserScope;
import io.parley.domain.port.persistence.IdempotencyRepository;
import io.parley.domain.port.persistence.IdempotencyRepository.Claim;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Does what was asked under an {@code Idempotency-Key} once, however often it is asked for. A body
 * that streams by is known only when it has passed: its digest is kept with the answer, and a
 * repeated request gets the answer after its own body has been read and compared.
 */
@Singleton
public final class Idempotency {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Set<Integer> PASSING = Set.of(401, 408, 409, 429);

  private final IdempotencyRepository repository;
  private final InstantSource clock;
  private final JsonMapper json;
  private final Problems problems;

  Idempotency(
      IdempotencyRepository repository, InstantSource clock, JsonMapper json, Problems problems) {
    this.repository = repository;
    this.clock = clock;
    this.json = json;
    this.problems = problems;
  }

  /** Runs the work of a request whose body has been read. */
  public HttpResponse<?> once(
      HttpRequest<?> request, Caller caller, byte[] body, Supplier<HttpResponse<?>> work) {
    Optional<String> key = IdempotencyKey.key(request);
    if (key.isEmpty()) {
      return work.get();
    }
    String fingerprint = new BodyDigest().add(IdempotencyKey.target(request)).add(body).hex();
    return switch (claim(caller.own(), key.get(), fingerprint)) {
      case Claim.First _ -> first(request, caller.own(), key.get(), "", work);
      case Claim.Answered answered -> KeptAnswer.replay(answered);
      case Claim.Running _ -> throw IdempotencyKey.running();
      case Claim.Mismatch _ -> throw IdempotencyKey.mismatch();
    };
  }

  /**
   * Runs the work of a request whose body streams by.
   *
   * @param work reads the body, telling the digest all that counts
   * @param reread reads the body likewise, and does nothing else
   */
  public HttpResponse<?> onceStreamed(
      HttpRequest<?> request,
      Caller caller,
      Function<BodyDigest, HttpResponse<?>> work,
      java.util.function.Consumer<BodyDigest> reread) {
    Optional<String> key = IdempotencyKey.key(request);
    BodyDigest digest = new BodyDigest();
    if (key.isEmpty()) {
      return work.apply(digest);
    }
    String fingerprint = new BodyDigest().add(IdempotencyKey.target(request)).hex();
    return switch (claim(caller.own(), key.get(), fingerprint)) {
      case Claim.First _ -> firstStreamed(caller.own(), key.get(), digest, work);
      case Claim.Answered answered -> {
        reread.accept(digest);
        if (!answered.contentType().endsWith(KeptAnswer.DIGEST + digest.hex())) {
          throw IdempotencyKey.mismatch();
        }
        yield KeptAnswer.replay(answered);
      }
      case Claim.Running _ -> throw IdempotencyKey.running();
      case Claim.Mismatch _ -> throw IdempotencyKey.mismatch();
    };
  }

  /**
   * An answer that is not kept itself, because what it says may be erased: only which one it was.
   *
   * @param <T> the answer
   */
  public interface Reference<T> {
    /** What is kept: ids, and nothing that the answer says. */
    String of(T answer);

    /** The answer as it is now. Ends the request when it is gone. */
    T recall(String reference);
  }

  /**
   * Runs the work of a request whose body has been read. A repeated request gets what its first
   * answer has become.
   */
  public <T> HttpResponse<?> onceReferred(
      HttpRequest<?> request,
      Caller caller,
      byte[] body,
      Reference<T> reference,
      Supplier<T> work) {
    Optional<String> key = IdempotencyKey.key(request);
    if (key.isEmpty()) {
      return HttpResponse.ok(work.get());
    }
    String fingerprint = new BodyDigest().add(IdempotencyKey.target(request)).add(body).hex();
    return switch (claim(caller.own(), key.get(), fingerprint)) {
      case Claim.First _ -> firstReferred(request, caller.own(), key.get(), reference, work);
      case Claim.Answered refused when refused.status() >= 400 -> KeptAnswer.replay(refused);
      case Claim.Answered answered ->
          HttpResponse.ok(reference.recall(answered.body())).header(KeptAnswer.REPLAYED, "true");
      case Claim.Running _ -> throw IdempotencyKey.running();
      case Claim.Mismatch _ -> throw IdempotencyKey.mismatch();
    };
  }

  /** Claims a key for a request whose answer is a stream. */
  public IdempotentTurn begin(HttpRequest<?> request, Caller caller, byte[] body) {
    Optional<String> key = IdempotencyKey.key(request);
    if (key.isEmpty()) {
      return new IdempotentTurn(repository, caller.own(), key, Optional.empty());
    }
    String fingerprint =
        new BodyDigest().add(IdempotencyKey.target(request)).add("events").add(body).hex();
    return switch (claim(caller.own(), key.get(), fingerprint)) {
      case Claim.First _ -> new IdempotentTurn(repository, caller.own(), key, Optional.empty());
      case Claim.Answered answered ->
          new IdempotentTurn(repository, caller.own(), key, Optional.of(answered.body()));
      case Claim.Running _ -> throw IdempotencyKey.running();
      case Claim.Mismatch _ -> throw IdempotencyKey.mismatch();
    };
  }

  private HttpResponse<?> firstStreamed(
      UserScope scope, String key, BodyDigest digest, Function<BodyDigest, HttpResponse<?>> work) {
    boolean kept = false;
    try {
      HttpResponse<?> response = work.apply(digest);
      kept = keep(scope, key, response, KeptAnswer.DIGEST + digest.hex());
      return response;
    } finally {
      if (!kept) {
        repository.release(scope, key);
      }
    }
  }

  private <T> HttpResponse<?> firstReferred(
      HttpRequest<?> request,
      UserScope scope,
      String key,
      Reference<T> reference,
      Supplier<T> work) {
    boolean kept = false;
    try {
      AtomicReference<@Nullable T> given = new AtomicReference<>();
      HttpResponse<?> response =
          answer(
              request,
              () -> {
                T answer = work.get();
                given.set(answer);
                return HttpResponse.ok(answer);
              });
      T answer = given.get();
      if (answer == null) {
        kept = keep(scope, key, response, "");
      } else {
        repository.keep(scope, key, response.code(), KeptAnswer.REFERENCE, reference.of(answer));
        kept = true;
      }
      return response;
    } finally {
      if (!kept) {
        repository.release(scope, key);
      }
    }
  }

  private HttpResponse<?> first(
      HttpRequest<?> request,
      UserScope scope,
      String key,
      String suffix,
      Supplier<HttpResponse<?>> work) {
    boolean kept = false;
    try {
      HttpResponse<?> response = answer(request, work);
      kept = keep(scope, key, response, suffix);
      return response;
    } finally {
      if (!kept) {
        repository.release(scope, key);
      }
    }
  }

  private HttpResponse<?> answer(HttpRequest<?> request, Supplier<HttpResponse<?>> work) {
    try {
      return work.get();
    } catch (ProblemException | io.parley.application.validation.InvalidInput refused) {
      return problems.response(request, problems.problem(request, refused));
    }
  }

  private boolean keep(UserScope scope, String key, HttpResponse<?> response, String suffix) {
    int status = response.code();
    if (status >= 500 || PASSING.contains(status)) {
      return false;
    }
    String type = status >= 400 ? Problems.MEDIA_TYPE : "application/json";
    repository.keep(scope, key, status, type + suffix, text(response));
    return true;
  }

  private String text(HttpResponse<?> response) {
    Object body = response.body();
    try {
      return switch (body) {
        case null -> "";
        case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
        default -> new String(json.writeValueAsBytes(body), StandardCharsets.UTF_8);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Claim claim(UserScope scope, String key, String fingerprint) {
    Instant now = clock.instant();
    return repository.claim(scope, key, fingerprint, now, now.plus(KEPT));
  }
}
