package io.parley.testkit.memory;

import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.port.persistence.Housekeeping;
import io.parley.domain.port.persistence.IndexFeed.Follower;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.testkit.memory.InMemoryKnowledge.EmbeddingKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Housekeeping in memory. */
final class InMemoryHousekeeping implements Housekeeping {

  private final InMemoryKnowledge knowledge;

  InMemoryHousekeeping(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public int removeEndedJobs(Instant before, int limit) {
    return knowledge.database.inTransaction(() ->
        remove(
            knowledge.jobs.values().filter(job -> job.state() == KeptJob.State.ENDED),
            KeptJob::expiresAt,
            job -> knowledge.jobs.remove(job.job().id()),
            before,
            limit));
  }

  @Override
  public int removeExpiredAnswers(Instant before, int limit) {
    return knowledge.database.inTransaction(() ->
        remove(
            knowledge.database.idempotency.entries(),
            entry -> entry.getValue().expiresAt(),
            entry -> knowledge.database.idempotency.remove(entry.getKey()),
            before,
            limit));
  }

  @Override
  public int removeGoneFollowers(Instant before, int limit) {
    return knowledge.database.inTransaction(() ->
        remove(
            knowledge
                .followers
                .values()
                .filter(kept -> !isShared(kept.follower()) && !isWaitedFor(kept.follower().id())),
            followed -> followed.seenAt(),
            followed -> knowledge.followers.remove(followed.follower().id()),
            before,
            limit));
  }

  private static boolean isShared(Follower follower) {
    return follower.generation() != null && follower.server() == null;
  }

  private boolean isWaitedFor(UUID follower) {
    return knowledge
        .receipts
        .values()
        .flatMap(kept -> kept.receipt().removals().stream())
        .anyMatch(r -> r.evidence() == Evidence.PENDING && follower.equals(r.place().index()));
  }

  @Override
  public int removeExpiredTokens(Instant before, int limit) {
    return knowledge.database.inTransaction(() ->
        remove(
            knowledge.database.refreshTokens.values(),
            kept -> kept.token().expiresAt(),
            kept -> knowledge.database.refreshTokens.remove(kept.token().hash()),
            before,
            limit));
  }

  @Override
  public int removeUnusedEmbeddings(int limit) {
    return knowledge.database.inTransaction(() -> {
      Set<EmbeddingModel> used =
          knowledge.generations.values().map(Generation::model).collect(Collectors.toSet());
      List<EmbeddingKey> unused =
          knowledge
              .embeddings
              .values()
              .filter(embedding -> !used.contains(embedding.model()))
              .limit(limit)
              .map(embedding -> new EmbeddingKey(embedding.chunk(), embedding.model()))
              .toList();
      unused.forEach(knowledge.embeddings::remove);
      return unused.size();
    });
  }

  private static <T> int remove(
      Stream<T> rows, Function<T, Instant> end, Consumer<T> removal, Instant before, int limit) {
    List<T> old =
        rows.filter(row -> end.apply(row).isBefore(before))
            .sorted(Comparator.comparing(end))
            .limit(limit)
            .toList();
    old.forEach(removal);
    return old.size();
  }
}
