package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.User;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Document;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.TextSpan;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.persistence.ErasureRepository;
import io.parley.domain.port.persistence.IdempotencyRepository.Claim;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.retrieval.LogEntry;
import io.parley.testkit.Scopes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ErasureRepository} does. */
public abstract class ErasureRepositoryContract {

  private static final Instant NOW = BotKnowledge.NOW;

  private BotKnowledge bot;
  private Document document;

  /** The database under test. */
  protected abstract Persistence persistence();

  @BeforeEach
  void freshDocument() {
    bot = BotKnowledge.in(persistence());
    document = bot.add("a.txt");
  }

  private ErasureRepository erasures() {
    return persistence().erasures();
  }

  private record Talk(UserScope asker, ConversationId id) {}

  private Talk talk(String title) {
    User somebody = People.someone();
    persistence().users().register(somebody);
    Talk talk = new Talk(People.scope(somebody), new ConversationId(UUID.randomUUID()));
    persistence()
        .conversations()
        .create(talk.asker(), talk.id(), bot.scope().bot(), title, Metadata.EMPTY, NOW);
    return talk;
  }

  private Talk talk(String title, String answer, SourceId... cited) {
    Talk talk = talk(title);
    answer(talk, answer, cited);
    return talk;
  }

  private void answer(Talk talk, String answer, SourceId... cited) {
    Message question = message(talk, Message.Role.USER, "What?", List.of());
    Message reply = message(talk, Message.Role.ASSISTANT, answer, citations(cited));
    persistence().conversations().add(talk.asker(), talk.id(), List.of(question, reply), NOW);
  }

  private static Message message(
      Talk talk, Message.Role role, String content, List<CitationRef> citations) {
    return new Message(
        new MessageId(UUID.randomUUID()),
        talk.id(),
        role,
        content,
        citations,
        false,
        NOW,
        null,
        null,
        null);
  }

  private static List<CitationRef> citations(SourceId... sources) {
    List<CitationRef> citations = new ArrayList<>();
    for (SourceId source : sources) {
      ChunkId chunk = new ChunkId(UUID.randomUUID());
      citations.add(new CitationRef(citations.size() + 1, chunk, source, new TextSpan(0, 3), 0.5));
    }
    return citations;
  }

  private List<Message> messages(Talk talk) {
    return persistence()
        .conversations()
        .messages(talk.asker(), talk.id(), new ListRequest(0, 9))
        .orElseThrow()
        .items();
  }

  private String title(Talk talk) {
    return persistence().conversations().find(talk.asker(), talk.id()).orElseThrow().title();
  }

  @Test
  void blanksAnswersThatCiteTheSourceInWhoseverConversation() {
    Document other = bot.add("b.txt");
    Talk citing = talk("What?", "It is 42 [1][2].", document.id(), other.id());
    Talk apart = talk("What?", "It is 43 [1].", other.id());

    erasures().blankAnswersCiting(bot.scope(), document.id());

    List<Message> said = messages(citing);
    assertThat(said.get(0).content()).isEqualTo("What?");
    assertThat(said.get(0).blanked()).isFalse();
    assertThat(said.get(1).content()).isEmpty();
    assertThat(said.get(1).blanked()).isTrue();
    assertThat(said.get(1).citations()).extracting(CitationRef::source).containsExactly(other.id());
    assertThat(messages(apart).get(1).content()).isEqualTo("It is 43 [1].");
  }

  @Test
  void blanksAnswersThatCiteAnySourceOfTheBot() {
    Document other = bot.add("b.txt");
    Document elsewhere = bot.neighbour().add("c.txt");
    Talk first = talk("It is 42…", "It is 42 [1].", document.id());
    Talk both = talk("What?", "It is 43 [1][2].", document.id(), other.id());
    Talk apart = talk("What?", "It is 44 [1].", elsewhere.id());
    persistence().bots().tombstone(bot.scope(), NOW);

    erasures().blankAnswersOfBot(bot.scope());

    assertThat(List.of(first, both)).allSatisfy(this::assertBlank);
    assertThat(messages(both).get(1).citations()).isEmpty();
    assertThat(title(first)).isEqualTo("Conversation");
    assertThat(messages(apart).get(1).content()).isEqualTo("It is 44 [1].");
    assertThat(messages(apart).get(1).citations()).hasSize(1);
  }

  @Test
  void replacesTitlesThatBeginTheAnswerAndKeepsTheOthers() {
    Talk made = talk("It is 42…", "It is 42 [1].", document.id());
    Talk asked = talk("What is it?", "It is 42 [1].", document.id());

    erasures().blankAnswersCiting(bot.scope(), document.id());

    assertThat(title(made)).isEqualTo("Conversation");
    assertThat(title(asked)).isEqualTo("What is it?");
  }

  @Test
  void keepsAnAnswerBlankThatComesAfterTheTombstone() {
    Document other = bot.add("b.txt");
    Talk talk = talk("What?");
    persistence().documents().tombstone(bot.scope(), document.id(), NOW);

    answer(talk, "It is 42 [1][2].", document.id(), other.id());

    assertBlank(talk);
    assertThat(messages(talk).get(1).citations())
        .extracting(CitationRef::source)
        .containsExactly(other.id());
    assertThat(persistence().conversations().latest(talk.asker(), talk.id(), 9)).hasSize(1);
  }

  @Test
  void replacesTheTitleThatBeginsAnAnswerThatComesAfterTheTombstone() {
    Talk made = talk("It is 42…");
    Talk asked = talk("What?");
    persistence().documents().tombstone(bot.scope(), document.id(), NOW);

    answer(made, "It is 42 [1].", document.id());
    answer(asked, "It is 42 [1].", document.id());

    assertThat(title(made)).isEqualTo("Conversation");
    assertThat(title(asked)).isEqualTo("What?");
  }

  @Test
  void keepsAnAnswerBlankThatComesAfterItsBotIsGone() {
    Talk talk = talk("What?");
    persistence().bots().tombstone(bot.scope(), NOW);
    answer(talk, "It is 42 [1].", document.id());
    assertBlank(talk);
  }

  private void assertBlank(Talk talk) {
    assertThat(messages(talk))
        .extracting(Message::content, Message::blanked)
        .containsExactly(tuple("What?", false), tuple("", true));
    assertThat(messages(talk).get(1).citations())
        .extracting(CitationRef::source)
        .doesNotContain(document.id());
  }

  private void erase() {
    persistence()
        .transactions()
        .run(() -> {
          persistence().documents().tombstone(bot.scope(), document.id(), NOW);
          erasures().blankAnswersCiting(bot.scope(), document.id());
        });
  }

  @Test
  void blanksAnAnswerThatIsAddedWhileItsSourceIsBeingErased() {
    Talk talk = talk("What?");
    Together.whileOpen(
        persistence().transactions(),
        this::erase,
        () -> answer(talk, "It is 42 [1].", document.id()));
    assertBlank(talk);
  }

  @Test
  void blanksAnAnswerWhoseSourceIsErasedWhileItIsBeingAdded() {
    Talk talk = talk("What?");
    Together.whileOpen(
        persistence().transactions(),
        () -> answer(talk, "It is 42 [1].", document.id()),
        this::erase);
    assertBlank(talk);
  }

  @Test
  void blanksAnAnswerThatIsAddedWhileItsBotIsBeingErased() {
    Talk talk = talk("What?");
    Together.whileOpen(
        persistence().transactions(),
        () -> persistence().bots().tombstone(bot.scope(), NOW),
        () -> answer(talk, "It is 42 [1].", document.id()));
    assertBlank(talk);
  }

  @Test
  void leavesNoAnswerUnblankedWhoeverIsFirst() {
    for (int round = 0; round < 10; round++) {
      freshDocument();
      List<Talk> talks = List.of(talk("a"), talk("b"), talk("c"));
      AtomicInteger next = new AtomicInteger();
      Together.run(
          talks.size() + 1,
          () -> {
            int turn = next.getAndIncrement();
            if (turn == talks.size()) {
              erase();
            } else {
              answer(talks.get(turn), "It is 42 [1].", document.id());
            }
            return turn;
          });
      assertThat(talks).allSatisfy(this::assertBlank);
    }
  }

  @Test
  void knowsAllBytesAndRowsUntilTheyAreRemoved() {
    bot.addVersion(document.id(), "b.txt");
    persistence().documents().tombstone(bot.scope(), document.id(), NOW);

    assertThat(erasures().blobsOf(bot.scope(), document.id()))
        .extracting(BlobKey::path)
        .containsExactly(
            "documents/" + bot.scope().owner() + "/" + document.id() + "/a.txt",
            "documents/" + bot.scope().owner() + "/" + document.id() + "/v2/b.txt");
    assertThat(erasures().sourcesWithRows(bot.scope(), 9)).containsExactly(document.id());

    persistence().ingestion().removeRows(bot.scope(), document.id());
    assertThat(erasures().blobsOf(bot.scope(), document.id())).isEmpty();
    assertThat(erasures().sourcesWithRows(bot.scope(), 9)).isEmpty();
  }

  @Test
  void erasesABotSourceBySource() {
    bot.add("b.txt");
    persistence().bots().tombstone(bot.scope(), NOW);

    List<SourceId> first = erasures().sourcesWithRows(bot.scope(), 1);
    assertThat(first).hasSize(1);
    persistence().ingestion().removeRows(bot.scope(), first.getFirst());
    List<SourceId> second = erasures().sourcesWithRows(bot.scope(), 9);
    assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
  }

  @Test
  void countsTheAnswersThatItBlanksOnce() {
    talk("What?", "It is 42 [1].", document.id());
    talk("What?", "It is 43 [1].", document.id());

    assertThat(erasures().blankAnswersCiting(bot.scope(), document.id())).isEqualTo(2);
    assertThat(erasures().blankAnswersCiting(bot.scope(), document.id())).isZero();
    assertThat(erasures().blankAnswersOfBot(bot.scope())).isZero();
  }

  @Test
  void knowsWhatThereIsOfASourceAndOfABot() {
    Document other = bot.add("b.txt");
    bot.split(other.ref(), "Never announced.");
    bot.embed(document.ref(), "One.", "Two.");

    assertThat(erasures().inventory(bot.scope(), document.id()))
        .isEqualTo(new ErasureRepository.Inventory(2, 1 + 1 + 2 + 2));
    assertThat(erasures().inventory(bot.scope(), other.id()))
        .isEqualTo(new ErasureRepository.Inventory(0, 1 + 1 + 1));
    assertThat(erasures().inventory(bot.scope(), null))
        .isEqualTo(new ErasureRepository.Inventory(2, 9));

    persistence().documents().tombstone(bot.scope(), document.id(), NOW);
    persistence().ingestion().removeRows(bot.scope(), document.id());
    assertThat(erasures().inventory(bot.scope(), document.id()))
        .isEqualTo(new ErasureRepository.Inventory(0, 0));
  }

  @Test
  void emptiesKeptAnswersThatTellOfASourceAndKeepsTheirKeysUsed() {
    String told = "{\"id\":\"" + document.id() + "\",\"name\":\"secret.txt\"}";
    keep("told", "application/json; parley-body=abc", told);
    keep("other", "application/json", "{\"id\":\"" + UUID.randomUUID() + "\"}");
    keep("reference", "text/plain", document.id().toString());

    assertThat(erasures().emptyRepeats(bot.scope(), document.id())).isEqualTo(1);

    assertThat(kept("told"))
        .isEqualTo(new Claim.Answered(202, "application/json; parley-body=abc", ""));
    assertThat(((Claim.Answered) kept("other")).body()).isNotEmpty();
    assertThat(((Claim.Answered) kept("reference")).body()).isEqualTo(document.id().toString());
    assertThat(erasures().emptyRepeats(bot.scope(), document.id())).isZero();
  }

  @Test
  void emptiesKeptAnswersThatTellOfABot() {
    keep("bot", "application/json", "{\"id\":\"" + bot.scope().bot() + "\"}");

    assertThat(erasures().emptyRepeats(bot.scope(), null)).isEqualTo(1);

    assertThat(((Claim.Answered) kept("bot")).body()).isEmpty();
  }

  private void keep(String key, String type, String body) {
    assertThat(kept(key)).isInstanceOf(Claim.First.class);
    persistence().idempotency().keep(bot.owner(), key, 202, type, body);
  }

  private Claim kept(String key) {
    return persistence().idempotency().claim(bot.owner(), key, "f", NOW, NOW.plusSeconds(60));
  }

  @Test
  void listsTombstonesInPartsAndForgetsThemOnceTheirRowsAreGone() {
    Document other = bot.add("b.txt");
    persistence().documents().tombstone(bot.scope(), document.id(), NOW);
    assertThat(erasures().tombstones(bot.scope(), null, 9)).containsExactly(document.id());

    erasures().removeTombstones(bot.scope(), document.id());
    assertThat(erasures().tombstones(bot.scope(), null, 9)).containsExactly(document.id());
    persistence().bots().tombstone(bot.scope(), NOW);
    List<SourceId> first = erasures().tombstones(bot.scope(), null, 1);
    assertThat(erasures().tombstones(bot.scope(), first.getFirst(), 9))
        .hasSize(1)
        .doesNotContainAnyElementsOf(first);

    persistence().ingestion().removeRows(bot.scope(), document.id());
    persistence().ingestion().removeRows(bot.scope(), other.id());
    erasures().removeTombstones(bot.scope(), null);
    assertThat(erasures().tombstones(bot.scope(), null, 9)).isEmpty();
    assertThat(persistence().accountErasures().bots(bot.owner(), 9))
        .doesNotContain(bot.scope().bot());
  }

  @Test
  void keepsATombstoneThatIsNoTombstone() {
    erasures().removeTombstones(bot.scope(), document.id());
    erasures().removeTombstones(bot.scope(), null);

    assertThat(erasures().tombstones(bot.scope(), null, 9)).isEmpty();
    assertThat(persistence().documents().find(bot.scope(), document.id())).isPresent();
  }

  @Test
  void keepsAnAnswerBlankThatComesAfterTheLastTraceOfItsSourceIsGone() {
    Talk talk = talk("What?");
    persistence().documents().tombstone(bot.scope(), document.id(), NOW);
    LogEntry removal = persistence().changeLog().sourceRemoved(bot.scope(), document.id());
    persistence().ingestion().removeRows(bot.scope(), document.id());
    erasures().removeTombstones(bot.scope(), document.id());

    answer(talk, "It is 42 [1].", document.id());

    assertBlank(talk);
    LogEntry known = persistence().changeLog().sourceRemoved(bot.scope(), document.id());
    assertThat(known).as("the removal that the log remembers").isEqualTo(removal);
  }

  @Test
  void showsAndChangesNothingInAForeignScope() {
    Talk citing = talk("What?", "It is 42 [1].", document.id());
    for (BotScope foreign : bot.foreignScopes()) {
      erasures().blankAnswersCiting(foreign, document.id());
      erasures().blankAnswersOfBot(foreign);
      assertThat(erasures().blobsOf(foreign, document.id())).isEmpty();
      assertThat(erasures().sourcesWithRows(foreign, 9)).isEmpty();
      assertThat(erasures().inventory(foreign, document.id()).rows()).isZero();
      erasures().removeTombstones(foreign, document.id());
    }
    assertThat(messages(citing).get(1).blanked()).isFalse();
  }

  @Test
  void refusesAScopeWithoutThePermission() {
    BotScope reading = Scopes.withOnly(bot.scope(), Permission.READ, Permission.ASK);
    Stream.<Runnable>of(
            () -> erasures().blankAnswersCiting(reading, document.id()),
            () -> erasures().blankAnswersOfBot(reading),
            () -> erasures().sourcesWithRows(reading, 9),
            () -> erasures().blobsOf(reading, document.id()),
            () -> erasures().emptyRepeats(reading, null),
            () -> erasures().inventory(reading, null),
            () -> erasures().tombstones(reading, null, 9),
            () -> erasures().removeTombstones(reading, null))
        .forEach(call -> assertThatIllegalStateException().isThrownBy(call::run));
  }
}
