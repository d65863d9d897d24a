package io.parley.application.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bench;
import io.parley.domain.access.Access;
import io.parley.domain.access.UserScope;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.erasure.ErasureReceipt.Removal;
import io.parley.domain.erasure.ErasureReceipt.Store;
import io.parley.domain.port.ListRequest;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.LogEntry;
import java.util.List;
import java.util.UUID;

/** Documents that are indexed, cited and erased, job by job. */
abstract class ErasureSteps {
  final Steps steps = new Steps();

  final Bench bench = steps.bench;

  final UserScope user = Access.own(bench.person);

  ErasureId erased(SourceId id) {
    return steps.erase().eraseDocument(bench.scope, id).orElseThrow();
  }

  ErasureReceipt receipt(ErasureId id) {
    return bench.database.receipts().find(user, id).orElseThrow();
  }

  static Removal removal(ErasureReceipt receipt, int visit, Store store) {
    List<Removal> found =
        receipt.removals().stream()
            .filter(r -> r.visit() == visit && r.place().store() == store)
            .toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  /** Works until nothing is due any more; indexes follow as they do. */
  void work() {
    for (int i = 0; i < 100 && steps.hasWork(); i++) {
      steps.followed();
      if (!steps.runNext(steps.worker())) {
        return;
      }
      steps.now = steps.now.plusSeconds(11);
    }
  }

  /** Also what comes later. */
  void workToTheEnd() {
    work();
    steps.now = steps.now.plus(Steps.REVISIT);
    work();
    assertThat(steps.hasWork()).isFalse();
  }

  long removalsInTheLog() {
    return bench.database.indexFeed().after(0, 100).stream()
        .filter(entry -> entry.change() == LogEntry.Change.SOURCE_REMOVED)
        .count();
  }

  EmbeddingModel model() {
    return bench.embedder.model();
  }

  SourceId indexed(String text) {
    SourceId id = steps.uploaded(text);
    steps.runNext(steps.worker());
    steps.followed();
    assertThat(bench.words.chunksOf(id)).isNotEmpty();
    assertThat(bench.vectors.chunksOf(id)).isNotEmpty();
    return id;
  }

  Conversation conversationCiting(SourceId id) {
    var conversations = bench.database.conversations();
    Conversation conversation =
        conversations
            .create(
                user,
                new ConversationId(UUID.randomUUID()),
                bench.scope.bot(),
                "Talk",
                Metadata.EMPTY,
                steps.now)
            .orElseThrow();
    CitationRef ref =
        new CitationRef(1, ChunkId.of(new VersionRef(id, 1), 0), id, new TextSpan(0, 4), 1);
    Message answer =
        new Message(
            new MessageId(UUID.randomUUID()),
            conversation.id(),
            Message.Role.ASSISTANT,
            "One. [1]",
            List.of(ref),
            false,
            steps.now,
            null,
            null,
            null);
    conversations.add(user, conversation.id(), List.of(answer), steps.now);
    return conversation;
  }

  Message answer(Conversation conversation) {
    return bench
        .database
        .conversations()
        .messages(user, conversation.id(), new ListRequest(0, 10))
        .orElseThrow()
        .items()
        .getFirst();
  }
}
