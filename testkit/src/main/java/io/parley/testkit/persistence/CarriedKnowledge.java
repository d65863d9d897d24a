package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.UserScope;
import io.parley.domain.account.User;
import io.parley.domain.bot.Bot;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Document;
import io.parley.domain.document.PageText;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.Transfer.Snapshot;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedMessage;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** A bot whose knowledge is carried, and how it looks. */
abstract class CarriedKnowledge {

  static final int PLENTY = 1_000;
  static final Selection EVERYTHING = new Selection.Everything();

  @SuppressWarnings("NullAway.Init") // set before each test
  BotKnowledge knowledge;

  /** The database under test. */
  protected abstract Persistence persistence();

  @BeforeEach
  void aBot() {
    knowledge = BotKnowledge.in(persistence());
  }

  Selection thisBot() {
    return new Selection.OneBot(knowledge.scope().bot());
  }

  User owner() {
    return persistence().users().find(knowledge.owner()).orElseThrow();
  }

  Bot bot() {
    return persistence().bots().find(knowledge.scope()).orElseThrow();
  }

  /** A document of two versions, both complete, and what was said about the first. */
  Document replaced() {
    Document document = knowledge.add("first.txt");
    knowledge.complete(document.ref(), "a", "b");
    talk(knowledge.owner(), document.ref());
    knowledge.complete(knowledge.addVersion(document.id(), "second.txt"), "c");
    return document;
  }

  ConversationId talk(UserScope asker, VersionRef cited) {
    ConversationId id = new ConversationId(UUID.randomUUID());
    persistence()
        .conversations()
        .create(
            asker, id, knowledge.scope().bot(), "Talk", BotKnowledge.METADATA, BotKnowledge.NOW);
    MessageId answer = new MessageId(UUID.randomUUID());
    CitationRef citation =
        new CitationRef(1, ChunkId.of(cited, 0), cited.source(), new TextSpan(0, 1), 0.5);
    persistence()
        .conversations()
        .add(
            asker,
            id,
            List.of(
                message(id, new MessageId(UUID.randomUUID()), Message.Role.USER, List.of()),
                message(id, answer, Message.Role.ASSISTANT, List.of(citation))),
            BotKnowledge.NOW.plusSeconds(7));
    persistence().conversations().rate(asker, answer, -1, "Too short.");
    return id;
  }

  static Message message(
      ConversationId talk, MessageId id, Message.Role role, List<CitationRef> citations) {
    boolean answers = role == Message.Role.ASSISTANT;
    return new Message(
        id,
        talk,
        role,
        answers ? "It is a. [1]" : "What is it?",
        citations,
        false,
        BotKnowledge.NOW,
        answers ? new TokenUsage(3, 4) : null,
        answers ? 5 : null,
        null);
  }

  <T> T read(Persistence database, Function<Snapshot, T> work) {
    return database.transfer().snapshot(thisBot(), work);
  }

  static <T, K> List<T> all(
      int limit, BiFunction<@Nullable K, Integer, List<T>> portions, Function<T, K> key) {
    List<T> all = new ArrayList<>();
    List<T> some = portions.apply(null, limit);
    while (!some.isEmpty()) {
      assertThat(some).hasSizeLessThanOrEqualTo(limit);
      all.addAll(some);
      some = portions.apply(key.apply(some.getLast()), limit);
    }
    return all;
  }

  static List<ArchivedSource> sources(Snapshot snapshot) {
    return all(PLENTY, snapshot::sources, ArchivedSource::id);
  }

  static void requireText(Snapshot snapshot, VersionRef ref) {
    assertThat(snapshot.pages(ref, 0, PLENTY))
        .containsExactly(new PageText(1, "Page one", "a\nb", List.of()));
    assertThat(snapshot.pages(ref, 1, PLENTY)).isEmpty();
    List<ArchivedChunk> chunks = snapshot.chunks(ref, -1, PLENTY);
    assertThat(chunks)
        .extracting(ArchivedChunk::chunk)
        .isEqualTo(BotKnowledge.chunks(ref, "a", "b"));
    assertThat(chunks.getLast().embeddings().get(BotKnowledge.MODEL)).containsExactly(1, 1, -0.5f);
    assertThat(snapshot.chunks(ref, 0, PLENTY)).hasSize(1);
  }

  void requireTalk(Snapshot snapshot) {
    Conversation talk = snapshot.conversations(null, PLENTY).getFirst();
    assertThat(talk.asker()).isEqualTo(knowledge.owner().user());
    assertThat(talk.updatedAt()).isEqualTo(BotKnowledge.NOW.plusSeconds(7));
    List<ArchivedMessage> said = snapshot.messages(talk.id(), 0, PLENTY);
    assertThat(said).hasSize(2);
    assertThat(snapshot.messages(talk.id(), 1, PLENTY)).isEqualTo(said.subList(1, 2));
    assertThat(said.getLast().ratingComment()).isEqualTo("Too short.");
    assertThat(said.getLast().message().rating()).isEqualTo(-1);
    assertThat(said.getLast().message().citations()).hasSize(1);
  }
}
