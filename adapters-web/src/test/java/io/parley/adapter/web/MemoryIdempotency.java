package io.parley.adapter.web;

import io.parley.domain.access.UserScope;
import io.parley.domain.port.persistence.IdempotencyRepository;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Claims and answers in memory. */
final class MemoryIdempotency implements IdempotencyRepository {
  private final Map<String, String> fingerprints = new ConcurrentHashMap<>();
  private final Map<String, Claim.Answered> answers = new ConcurrentHashMap<>();

  @Override
  public synchronized Claim claim(
      UserScope scope, String key, String fingerprint, Instant now, Instant expiresAt) {
    String id = scope.user() + key;
    String known = fingerprints.putIfAbsent(id, fingerprint);
    if (known == null) {
      return new Claim.First();
    }
    if (!known.equals(fingerprint)) {
      return new Claim.Mismatch();
    }
    Claim.Answered answer = answers.get(id);
    return answer == null ? new Claim.Running() : answer;
  }

  @Override
  public void keep(UserScope scope, String key, int status, String contentType, String body) {
    answers.put(scope.user() + key, new Claim.Answered(status, contentType, body));
  }

  /** The bodies that are kept. */
  List<String> kept() {
    return answers.values().stream().map(Claim.Answered::body).toList();
  }

  @Override
  public void release(UserScope scope, String key) {
    fingerprints.remove(scope.user() + key);
  }
}
