package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.User;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.TextSpan;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.persistence.ConversationRepository;
import io.parley.testkit.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link ConversationRepository} does. */
public abstract class ConversationRepositoryContract {

  private static final Instant NOW = People.JOINED;
  private static final ListRequest ALL = new ListRequest(0, 100);
  private static final Metadata METADATA =
      new Metadata(Map.of("year", 2026, "tags", List.of("a", "b"), "deep", Map.of("yes", true)));

  /** The ports under test. */
  protected abstract CorePorts ports();

  private ConversationRepository conversations() {
    return ports().conversations();
  }

  private record Talk(User asker, UserScope scope, Conversation conversation) {
    ConversationId id() {
      return conversation.id();
    }
  }

  private Talk talk() {
    User asker = People.someone();
    ports().users().register(asker);
    UserScope scope = People.scope(asker);
    BotId bot = new BotId(UUID.randomUUID());
    ports().bots().create(scope, bot, BotProfile.named("Bot"), NOW);
    return new Talk(asker, scope, create(scope, bot, NOW));
  }

  private Conversation create(UserScope scope, BotId bot, Instant at) {
    return conversations()
        .create(scope, new ConversationId(UUID.randomUUID()), bot, "Title", METADATA, at)
        .orElseThrow();
  }

  @Test
  void beginsNoTalkWithABotThatIsGone() {
    Talk talk = talk();
    BotScope bot =
        Scopes.owned(talk.scope().tenant(), talk.scope().user(), talk.conversation().bot());
    ports().bots().tombstone(bot, NOW);

    assertThat(begun(talk.scope(), bot.bot())).isEmpty();
    assertThat(begun(talk.scope(), new BotId(UUID.randomUUID()))).isEmpty();
    assertThat(conversations().list(talk.scope(), bot.bot(), new ListRequest(0, 9)).total())
        .isEqualTo(1);
  }

  private Optional<Conversation> begun(UserScope scope, BotId bot) {
    return conversations()
        .create(scope, new ConversationId(UUID.randomUUID()), bot, "Late", METADATA, NOW);
  }

  private static Message question(Talk talk, String content) {
    return new Message(
        id(), talk.id(), Message.Role.USER, content, List.of(), false, NOW, null, null, null);
  }

  private static Message answer(Talk talk, String content, boolean blanked) {
    CitationRef second = citation(2);
    return new Message(
        id(),
        talk.id(),
        Message.Role.ASSISTANT,
        content,
        List.of(citation(1), second),
        blanked,
        NOW,
        new TokenUsage(10, 20),
        345,
        null);
  }

  private static CitationRef citation(int index) {
    return new CitationRef(
        index,
        new ChunkId(UUID.randomUUID()),
        new SourceId(UUID.randomUUID()),
        new TextSpan(3, 14),
        0.75);
  }

  private static MessageId id() {
    return new MessageId(UUID.randomUUID());
  }

  @Test
  void keepsAConversation() {
    Talk talk = talk();
    Conversation found = conversations().find(talk.scope(), talk.id()).orElseThrow();
    assertThat(found).isEqualTo(talk.conversation());
    assertThat(found.metadata()).isEqualTo(METADATA);
    assertThat(found.asker()).isEqualTo(talk.asker().id());
  }

  private boolean take(Talk talk, UUID turn, Instant now) {
    return conversations().takeTurn(talk.scope(), talk.id(), turn, now, now.plusSeconds(60));
  }

  @Test
  void oneOfManyTakesTheTurn() {
    Talk talk = talk();
    assertThat(Together.run(8, () -> take(talk, UUID.randomUUID(), NOW)))
        .containsOnlyOnce(true)
        .hasSize(8);
  }

  @Test
  void aTurnEndsByItsHolderOrByItsTime() {
    Talk talk = talk();
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    assertThat(take(talk, first, NOW)).isTrue();
    conversations().endTurn(talk.scope(), talk.id(), second);
    assertThat(take(talk, second, NOW.plusSeconds(59))).isFalse();
    conversations().endTurn(talk.scope(), talk.id(), first);
    assertThat(take(talk, second, NOW)).isTrue();
    assertThat(take(talk, first, NOW.plusSeconds(60))).isTrue();
  }

  @Test
  void aTurnIsKeptAsLongAsItIsHeld() {
    Talk talk = talk();
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    take(talk, first, NOW);
    assertThat(conversations().keepTurn(talk.scope(), talk.id(), first, NOW.plusSeconds(90)))
        .isTrue();
    assertThat(take(talk, second, NOW.plusSeconds(89))).isFalse();
    assertThat(take(talk, second, NOW.plusSeconds(90))).isTrue();
    assertThat(conversations().keepTurn(talk.scope(), talk.id(), first, NOW.plusSeconds(999)))
        .isFalse();
  }

  @Test
  void nobodyElseTouchesATurn() {
    Talk talk = talk();
    UUID turn = UUID.randomUUID();
    UserScope other = talk().scope();
    UserScope foreign = People.inForeignTenant(talk.asker());
    for (UserScope scope : List.of(other, foreign)) {
      assertThat(conversations().takeTurn(scope, talk.id(), turn, NOW, NOW.plusSeconds(60)))
          .isFalse();
    }
    take(talk, turn, NOW);
    for (UserScope scope : List.of(other, foreign)) {
      assertThat(conversations().keepTurn(scope, talk.id(), turn, NOW.plusSeconds(90))).isFalse();
      conversations().endTurn(scope, talk.id(), turn);
    }
    assertThat(take(talk, UUID.randomUUID(), NOW)).isFalse();
  }

  @Test
  void listsThoseWithABotNewestFirst() {
    Talk talk = talk();
    Conversation newer = create(talk.scope(), talk.conversation().bot(), NOW.plusSeconds(1));
    assertThat(conversations().list(talk.scope(), newer.bot(), ALL).items())
        .containsExactly(newer, talk.conversation());
    assertThat(conversations().list(talk.scope(), newer.bot(), new ListRequest(1, 1)).items())
        .containsExactly(talk.conversation());
    assertThat(conversations().list(talk.scope(), new BotId(UUID.randomUUID()), ALL).total())
        .isZero();
  }

  @Test
  void replacesTitleAndMetadata() {
    Talk talk = talk();
    Conversation changed =
        conversations()
            .update(talk.scope(), talk.id(), "Other", Metadata.EMPTY, NOW.plusSeconds(9))
            .orElseThrow();
    assertThat(changed.title()).isEqualTo("Other");
    assertThat(changed.metadata()).isEqualTo(Metadata.EMPTY);
    assertThat(changed.updatedAt()).isEqualTo(NOW.plusSeconds(9));
    assertThat(conversations().find(talk.scope(), talk.id())).contains(changed);
  }

  @Test
  void keepsMessagesInTheirOrderWithTheirCitations() {
    Talk talk = talk();
    Message question = question(talk, "Why?");
    Message answer = answer(talk, "Because [1], and [2].", false);
    assertThat(
            conversations()
                .add(talk.scope(), talk.id(), List.of(question, answer), NOW.plusSeconds(1)))
        .isTrue();
    assertThat(conversations().messages(talk.scope(), talk.id(), ALL).orElseThrow().items())
        .containsExactly(question, answer);
    Conversation after = conversations().find(talk.scope(), talk.id()).orElseThrow();
    assertThat(after.messageCount()).isEqualTo(2);
    assertThat(after.updatedAt()).isEqualTo(NOW.plusSeconds(1));
  }

  @Test
  void losesNoMessageOfWritersAtTheSameTime() {
    Talk talk = talk();
    AtomicInteger number = new AtomicInteger();
    Together.run(
        8,
        () ->
            conversations()
                .add(
                    talk.scope(),
                    talk.id(),
                    List.of(question(talk, "q" + number.incrementAndGet())),
                    NOW));
    var messages = conversations().messages(talk.scope(), talk.id(), ALL).orElseThrow();
    assertThat(messages.items())
        .extracting(Message::content)
        .containsExactlyInAnyOrder("q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8");
  }

  @Test
  void givesTheLatestWithoutBlankedOnes() {
    Talk talk = talk();
    List<Message> said = IntStream.range(0, 4).mapToObj(i -> question(talk, "q" + i)).toList();
    conversations().add(talk.scope(), talk.id(), said, NOW);
    conversations().add(talk.scope(), talk.id(), List.of(answer(talk, "", true)), NOW);
    assertThat(conversations().latest(talk.scope(), talk.id(), 2))
        .containsExactly(said.get(2), said.get(3));
  }

  @Test
  void removesAConversationWithItsMessages() {
    Talk talk = talk();
    conversations().add(talk.scope(), talk.id(), List.of(question(talk, "Gone?")), NOW);
    assertThat(conversations().delete(talk.scope(), talk.id())).isTrue();
    assertThat(conversations().delete(talk.scope(), talk.id())).isFalse();
    assertThat(conversations().messages(talk.scope(), talk.id(), ALL)).isEmpty();
    assertThat(conversations().add(talk.scope(), talk.id(), List.of(question(talk, "Late")), NOW))
        .isFalse();
  }

  @Test
  void ratesAnswersOnly() {
    Talk talk = talk();
    Message question = question(talk, "Why?");
    Message answer = answer(talk, "Because.", false);
    conversations().add(talk.scope(), talk.id(), List.of(question, answer), NOW);
    assertThat(conversations().rate(talk.scope(), question.id(), 1, null)).isFalse();
    assertThat(conversations().rate(talk.scope(), answer.id(), 1, null)).isTrue();
    assertThat(conversations().rate(talk.scope(), answer.id(), -1, "Wrong")).isTrue();
    assertThat(conversations().latest(talk.scope(), talk.id(), 1).getFirst().rating())
        .isEqualTo(-1);
  }

  @Test
  void doesNothingInAForeignScope() {
    Talk talk = talk();
    Message answer = answer(talk, "Because.", false);
    conversations().add(talk.scope(), talk.id(), List.of(answer), NOW);
    Conversation before = conversations().find(talk.scope(), talk.id()).orElseThrow();
    for (UserScope foreign : List.of(talk().scope(), People.inForeignTenant(talk.asker()))) {
      assertThat(conversations().find(foreign, talk.id())).isEmpty();
      assertThat(conversations().list(foreign, before.bot(), ALL).items()).isEmpty();
      assertThat(conversations().update(foreign, talk.id(), "X", Metadata.EMPTY, NOW)).isEmpty();
      assertThat(conversations().delete(foreign, talk.id())).isFalse();
      assertThat(conversations().add(foreign, talk.id(), List.of(question(talk, "?")), NOW))
          .isFalse();
      assertThat(conversations().messages(foreign, talk.id(), ALL)).isEmpty();
      assertThat(conversations().latest(foreign, talk.id(), 5)).isEmpty();
      assertThat(conversations().rate(foreign, answer.id(), 1, null)).isFalse();
    }
    assertThat(conversations().find(talk.scope(), talk.id())).contains(before);
  }
}
