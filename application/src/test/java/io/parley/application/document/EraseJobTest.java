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
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogPosition;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EraseJobTest {
  private final Steps steps = new Steps();
  private final Bench bench = steps.bench;
  private final UserScope user = Access.own(bench.person);

  @Test
  void anErasureWaitsForItsIndexesHoweverLong() {
    SourceId id = indexed("One.");
    steps.erase().eraseDocument(bench.scope, id);
    for (int i = 0; i < 50; i++) {
      assertThat(steps.runNext(steps.worker())).isTrue();
      steps.now = steps.now.plusSeconds(301);
    }
    assertThat(bench.database.jobs().depth()).isEqualTo(1);

    removeFromIndexes(id);
    steps.runNext(steps.worker());

    assertThat(bench.database.jobs().depth()).isZero();
    assertThat(bench.database.erasures().sourcesWithRows(bench.scope, 10)).isEmpty();
  }

  @Test
  void anErasureComesBackUntilABackendTakesIt() {
    SourceId id = steps.uploaded("One.");
    steps.runNext(steps.worker());
    steps.erase().eraseDocument(bench.scope, id);
    AtomicInteger refusals = new AtomicInteger(40);
    steps.blobs = refusingDeletes(refusals);
    int runs = 0;
    while (bench.database.jobs().depth() > 0 && runs < 60) {
      steps.runNext(steps.worker());
      steps.now = steps.now.plusSeconds(301);
      runs++;
    }
    assertThat(runs).isEqualTo(41);
    assertThat(bench.database.erasures().sourcesWithRows(bench.scope, 10)).isEmpty();
  }

  @Test
  void anAnswerThatWasKeptAfterTheErasureBeganIsBlankedToo() {
    SourceId id = steps.uploaded("One.");
    steps.runNext(steps.worker());
    steps.completed(id);
    steps.erase().eraseDocument(bench.scope, id);
    Conversation late = conversationCiting(id);
    steps.runNext(steps.worker());
    assertThat(answer(late).blanked()).isTrue();
  }

  @Test
  void anErasedBotLeavesNoAnswersWhateverTheIndexesHold() {
    SourceId id = steps.uploaded("One.");
    steps.runNext(steps.worker());
    steps.completed(id);
    Conversation conversation = conversationCiting(id);

    assertThat(steps.erase().eraseBot(bench.scope)).isPresent();
    assertThat(bench.database.bots().find(bench.scope)).isEmpty();
    assertThat(answer(conversation).blanked()).isTrue();
    while (steps.runNext(steps.worker())) {
      steps.now = steps.now.plusSeconds(1);
    }

    assertThat(answer(conversation).blanked()).isTrue();
    assertThat(answer(conversation).content()).isEmpty();
    assertThat(bench.database.erasures().sourcesWithRows(bench.scope, 10)).isEmpty();
    List<LogEntry> log = bench.database.indexFeed().after(0, 100);
    assertThat(log).last().extracting(LogEntry::change).isEqualTo(LogEntry.Change.SOURCE_REMOVED);
  }

  @Test
  void anErasedBotAnnouncesASourceOnceHoweverLongItsIndexesTake() {
    SourceId id = indexed("One.");
    steps.erase().eraseBot(bench.scope);
    for (int i = 0; i < 20; i++) {
      assertThat(steps.runNext(steps.worker())).isTrue();
      steps.now = steps.now.plusSeconds(10);
    }
    removeFromIndexes(id);
    steps.runNext(steps.worker());

    assertThat(bench.database.jobs().depth()).isZero();
    assertThat(bench.database.indexFeed().after(0, 100))
        .filteredOn(entry -> entry.change() == LogEntry.Change.SOURCE_REMOVED)
        .hasSize(1);
  }

  @Test
  void anErasureAsksItsIndexesLessOftenTheLongerTheyTake() {
    SourceId id = indexed("One.");
    steps.erase().eraseDocument(bench.scope, id);
    for (long wait : List.of(200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L)) {
      assertThat(steps.runNext(steps.worker())).isTrue();
      steps.now = steps.now.plusMillis(wait - 1);
      assertThat(steps.runNext(steps.worker())).isFalse();
      steps.now = steps.now.plusMillis(1);
    }
  }

  private SourceId indexed(String text) {
    SourceId id = steps.uploaded(text);
    steps.runNext(steps.worker());
    steps.completed(id);
    var feed = bench.database.indexFeed();
    bench.words.apply(
        List.of(new IndexChange.Add<>(feed.words(new VersionRef(id, 1), null, 10))),
        new LogPosition(1, new UUID(5, 1)));
    assertThat(bench.words.count()).isEqualTo(1);
    return id;
  }

  private void removeFromIndexes(SourceId id) {
    bench.words.apply(
        List.of(new IndexChange.RemoveSource<>(id)), new LogPosition(2, new UUID(5, 2)));
  }

  private Conversation conversationCiting(SourceId id) {
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

  private Message answer(Conversation conversation) {
    return bench
        .database
        .conversations()
        .messages(user, conversation.id(), new ListRequest(0, 10))
        .orElseThrow()
        .items()
        .getFirst();
  }

  private BlobStore refusingDeletes(AtomicInteger refusals) {
    return (BlobStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BlobStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("delete") && refusals.getAndDecrement() > 0) {
                throw new PortFailure(
                    PortFailure.Kind.CREDENTIALS_REJECTED, "blob store", "Planted.", null);
              }
              return method.invoke(bench.blobs, arguments);
            });
  }
}
