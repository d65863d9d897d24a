package io.parley.testkit.memory;

import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Evidence;
import io.parley.domain.erasure.ErasureReceipt.Removal;
import io.parley.domain.retrieval.GenerationId;
import io.parley.testkit.memory.InMemoryKnowledge.KeptReceipt;
import java.time.Instant;
import java.util.List;

/** What erasures waited for in a generation is over once it is removed. */
record AcceptedRemovals(InMemoryKnowledge knowledge) {

  void of(GenerationId generation, Instant now) {
    knowledge
        .receipts
        .values()
        .forEach(kept -> {
          List<Removal> removals =
              kept.receipt().removals().stream()
                  .map(removal ->
                      isWaitedFor(removal, generation) ? accepted(removal, now) : removal)
                  .toList();
          knowledge.receipts.put(
              kept.receipt().id(),
              new KeptReceipt(kept.owner(), kept.keyHash(), with(kept.receipt(), removals)));
        });
  }

  private static boolean isWaitedFor(Removal removal, GenerationId generation) {
    return removal.evidence() == Evidence.PENDING
        && generation.equals(removal.place().generation());
  }

  private static Removal accepted(Removal removal, Instant now) {
    return new Removal(
        removal.visit(),
        removal.place(),
        removal.count(),
        Evidence.ACCEPTED,
        removal.position(),
        InMemoryDatabase.kept(now),
        removal.retained());
  }

  private static ErasureReceipt with(ErasureReceipt receipt, List<Removal> removals) {
    return new ErasureReceipt(
        receipt.id(),
        receipt.kind(),
        receipt.bot(),
        receipt.source(),
        receipt.state(),
        receipt.startedAt(),
        receipt.removedAt(),
        receipt.revisitAt(),
        receipt.verifiedAt(),
        receipt.waitingFor(),
        removals);
  }
}
