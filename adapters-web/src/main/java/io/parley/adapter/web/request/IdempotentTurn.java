package io.parley.adapter.web.request;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.parley.domain.access.UserScope;
import io.parley.domain.port.persistence.IdempotencyRepository;
import java.util.Optional;
import java.util.function.Supplier;

/** What a request under a key is to do, where its answer is a stream. */
public final class IdempotentTurn {
  private final IdempotencyRepository repository;
  private final UserScope scope;
  private final Optional<String> key;
  private final Optional<String> replay;

  IdempotentTurn(
      IdempotencyRepository repository,
      UserScope scope,
      Optional<String> key,
      Optional<String> replay) {
    this.repository = repository;
    this.scope = scope;
    this.key = key;
    this.replay = replay;
  }

  /** The reference of the answer that was given before, if one was. */
  public Optional<String> replay() {
    return replay;
  }

  /** Says of an answer that it was given before, if it was. */
  public HttpResponse<?> tell(MutableHttpResponse<?> response) {
    return replay.isPresent() && response.code() < 300
        ? response.header(KeptAnswer.REPLAYED, "true")
        : response;
  }

  /**
   * Runs the work and keeps the reference of its answer, as {@link Idempotency.Reference#of} makes
   * it; forgets the claim when it fails.
   */
  public void run(Supplier<String> work) {
    boolean kept = false;
    try {
      String reference = work.get();
      if (key.isPresent()) {
        repository.keep(scope, key.get(), 200, KeptAnswer.REFERENCE, reference);
        kept = true;
      }
    } finally {
      if (key.isPresent() && !kept) {
        repository.release(scope, key.get());
      }
    }
  }
}
