package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.bot.BotStatus;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.Step;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.Transfer.Snapshot;
import io.parley.domain.port.persistence.Transfer.Snapshot.Stored;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedMessage;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Selection;
import io.parley.domain.transfer.Standing;
import io.parley.domain.transfer.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link io.parley.domain.port.persistence.Transfer} keeps. */
public abstract class TransferContract {

  private static final int PLENTY = 1_000;
  private static final Selection EVERYTHING = new Selection.Everything();

  @SuppressWarnings("NullAway.Init") // set before each test
  private BotKnowledge knowledge;

  /** The database under test. */
  protected abstract Persistence persistence();

  /** Another one, to which things are carried. */
  protected abstract Persistence another();

  @BeforeEach
  void aBot() {
    knowledge = BotKnowledge.in(persistence());
  }

  private Selection thisBot() {
    return new Selection.OneBot(knowledge.scope().bot());
  }

  private User owner() {
    return persistence().users().find(knowledge.owner()).orElseThrow();
  }

  private Bot bot() {
    return persistence().bots().find(knowledge.scope()).orElseThrow();
  }

  /** A document of two versions, both complete, and what was said about the first. */
  private Document replaced() {
    Document document = knowledge.add("first.txt");
    knowledge.complete(document.ref(), "a", "b");
    talk(knowledge.owner(), document.ref());
    knowledge.complete(knowledge.addVersion(document.id(), "second.txt"), "c");
    return document;
  }

  private ConversationId talk(UserScope asker, VersionRef cited) {
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

  private static Message message(
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

  private <T> T read(Persistence database, Function<Snapshot, T> work) {
    return database.transfer().snapshot(thisBot(), work);
  }

  private static <T, K> List<T> all(
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

  private static List<ArchivedSource> sources(Snapshot snapshot) {
    return all(PLENTY, snapshot::sources, ArchivedSource::id);
  }

  @Test
  void aSnapshotHasAllOfABotAndOfItsOwner() {
    Document document = replaced();

    read(
        persistence(),
        snapshot -> {
          User owner = owner();
          assertThat(snapshot.tenants(null, PLENTY))
              .containsExactly(new Tenant(owner.tenant(), owner.dateJoined()));
          assertThat(snapshot.users(null, PLENTY)).containsExactly(owner);
          assertThat(snapshot.bots(null, PLENTY)).containsExactly(bot());
          assertThat(sources(snapshot))
              .containsExactly(
                  new ArchivedSource(
                      document.id(),
                      knowledge.scope().bot(),
                      SourceType.DOCUMENT,
                      null,
                      2,
                      2,
                      2,
                      BotKnowledge.NOW));
          requireVersions(snapshot, document);
          requireText(snapshot, document.ref());
          requireTalk(snapshot);
          return true;
        });
  }

  private void requireVersions(Snapshot snapshot, Document document) {
    List<Stored> versions = snapshot.versions(document.id(), 0, PLENTY);
    assertThat(versions).hasSize(2).isEqualTo(oneByOne(snapshot, document.id()));
    ArchivedVersion first = versions.getFirst().version();
    assertThat(first.ref()).isEqualTo(document.ref());
    assertThat(first.name()).isEqualTo(document.name());
    assertThat(first.sha256()).isEqualTo(document.sha256());
    assertThat(first.metadata()).isEqualTo(BotKnowledge.METADATA);
    assertThat(first.title()).isEqualTo("Title");
    assertThat(first.language()).isEqualTo("en");
    assertThat(first.status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(first.step()).isEqualTo(Step.INDEXED);
    assertThat(first.pages()).isEqualTo(1);
    assertThat(first.chunks()).isEqualTo(2);
    assertThat(versions.getFirst().blob().owner()).isEqualTo(knowledge.owner().user());
  }

  private static List<Stored> oneByOne(Snapshot snapshot, SourceId source) {
    return IntStream.range(0, 2)
        .boxed()
        .flatMap(version -> snapshot.versions(source, version, 1).stream())
        .toList();
  }

  private static void requireText(Snapshot snapshot, VersionRef ref) {
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

  private void requireTalk(Snapshot snapshot) {
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

  @Test
  void aBotsSnapshotHasNothingOfAnybodyElse() {
    Document document = knowledge.add("own.txt");
    knowledge.neighbour().add("neighbour.txt");
    BotKnowledge stranger = BotKnowledge.in(persistence());
    stranger.add("foreign.txt");
    ConversationId own = talk(knowledge.owner(), document.ref());
    talk(stranger.owner(), document.ref());

    read(
        persistence(),
        snapshot -> {
          assertThat(snapshot.users(null, PLENTY)).containsExactly(owner());
          assertThat(snapshot.bots(null, PLENTY)).containsExactly(bot());
          assertThat(sources(snapshot))
              .extracting(ArchivedSource::id)
              .containsExactly(document.id());
          assertThat(snapshot.conversations(null, PLENTY))
              .extracting(Conversation::id)
              .containsExactly(own);
          return true;
        });
  }

  @Test
  void everythingIsThereOnceHoweverSmallThePortions() {
    Document document = replaced();
    BotKnowledge other = BotKnowledge.in(persistence());
    SourceId foreign = other.add("foreign.txt").id();
    ConversationId talk = talk(other.owner(), document.ref());
    Identity identity = new Identity("https://id.example", "x", owner().tenant(), owner().id());
    assertThat(persistence().transfer().add(identity)).isTrue();

    for (int limit : new int[] {1, 3, PLENTY}) {
      persistence()
          .transfer()
          .snapshot(
              EVERYTHING,
              snapshot -> {
                assertThat(all(limit, snapshot::tenants, Tenant::id))
                    .extracting(Tenant::id)
                    .doesNotHaveDuplicates()
                    .contains(knowledge.owner().tenant(), other.owner().tenant());
                assertThat(all(limit, snapshot::users, User::id))
                    .extracting(User::id)
                    .doesNotHaveDuplicates()
                    .contains(knowledge.owner().user(), other.owner().user());
                assertThat(all(limit, snapshot::identities, (Identity id) -> id))
                    .containsOnlyOnce(identity);
                assertThat(all(limit, snapshot::bots, Bot::id))
                    .extracting(Bot::id)
                    .doesNotHaveDuplicates()
                    .contains(knowledge.scope().bot(), other.scope().bot());
                assertThat(all(limit, snapshot::sources, ArchivedSource::id))
                    .extracting(ArchivedSource::id)
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(Comparator.comparing(SourceId::toString))
                    .contains(document.id(), foreign);
                assertThat(all(limit, snapshot::conversations, Conversation::id))
                    .extracting(Conversation::id)
                    .doesNotHaveDuplicates()
                    .contains(talk);
                return true;
              });
    }
  }

  @Test
  void aSnapshotStandsStillWhileOthersChangeThings() throws Exception {
    Document before = knowledge.add("before.txt");

    List<SourceId> seen =
        persistence()
            .transfer()
            .snapshot(
                thisBot(),
                snapshot -> {
                  assertThat(sources(snapshot)).hasSize(1);
                  meanwhile(() -> {
                    knowledge.add("meanwhile.txt");
                    persistence()
                        .documents()
                        .tombstone(knowledge.scope(), before.id(), BotKnowledge.NOW);
                  });
                  return sources(snapshot).stream().map(ArchivedSource::id).toList();
                });

    assertThat(seen).containsExactly(before.id());
    assertThat(read(persistence(), TransferContract::sources))
        .extracting(ArchivedSource::id)
        .hasSize(1)
        .doesNotContain(before.id());
  }

  private static void meanwhile(Runnable work) {
    Thread other = Thread.ofPlatform().start(work);
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsTombstonedOrClosedIsNotThere() {
    Document gone = knowledge.add("gone.txt");
    persistence().documents().tombstone(knowledge.scope(), gone.id(), BotKnowledge.NOW);
    assertThat(read(persistence(), TransferContract::sources)).isEmpty();

    persistence().bots().tombstone(knowledge.scope(), BotKnowledge.NOW);
    List<Bot> bots = read(persistence(), snapshot -> snapshot.bots(null, PLENTY));
    assertThat(bots).isEmpty();

    persistence().accountErasures().close(knowledge.owner(), BotKnowledge.NOW);
    persistence()
        .transfer()
        .snapshot(
            EVERYTHING,
            snapshot -> {
              assertThat(all(PLENTY, snapshot::users, User::id))
                  .extracting(User::id)
                  .doesNotContain(knowledge.owner().user());
              return true;
            });
  }

  @Test
  void whatWasCarriedReadsTheSameElsewhere() {
    Document document = replaced();
    BotScope scope = carried(document.id());

    List<Stored> there = read(another(), snapshot -> snapshot.versions(document.id(), 0, PLENTY));
    List<Stored> here =
        read(persistence(), snapshot -> snapshot.versions(document.id(), 0, PLENTY));
    assertThat(there.getFirst()).isEqualTo(here.getFirst());
    assertThat(there.getLast().version().status()).isEqualTo(DocumentStatus.PROCESSING);
    assertThat(there.getLast().version().step()).isEqualTo(Step.SPLIT);
    assertThat(another().documents().find(scope, document.id()).orElseThrow().servingVersion())
        .isNull();
    read(
        another(),
        snapshot -> {
          requireText(snapshot, document.ref());
          requireTalk(snapshot);
          assertThat(snapshot.users(null, PLENTY)).containsExactly(owner());
          assertThat(snapshot.bots(null, PLENTY)).containsExactly(bot());
          return true;
        });
    assertThat(another().chunks().find(scope, List.of(ChunkId.of(document.ref(), 0)))).isEmpty();
    assertThat(another().users().findForLogin(String.valueOf(owner().username())))
        .contains(owner());
  }

  /** Both versions, the first as one that only citations read. */
  private BotScope carried(SourceId source) {
    assertThat(another().transfer().of(owner())).isEqualTo(Standing.NEW);
    another().transfer().add(new Tenant(owner().tenant(), owner().dateJoined()));
    another().transfer().add(new Tenant(owner().tenant(), Instant.EPOCH));
    assertThat(another().transfer().add(owner())).isTrue();
    assertThat(another().transfer().of(bot().id(), bot().owner())).isEqualTo(Standing.NEW);
    assertThat(another().transfer().add(bot())).isTrue();
    BotGrant grant = another().transfer().grant(bot().id()).orElseThrow();
    BotScope scope =
        ((Access.Decision.Granted)
                Access.check(
                    new Actor.Worker(grant.tenant(), grant.bot()), grant, Permission.WRITE))
            .scope();
    persistence()
        .transfer()
        .snapshot(
            thisBot(),
            snapshot -> {
              carry(snapshot, scope, sources(snapshot).getFirst());
              return true;
            });
    assertThat(another().transfer().of(source, scope.bot())).isEqualTo(Standing.THERE);
    return scope;
  }

  private void carry(Snapshot snapshot, BotScope scope, ArchivedSource source) {
    another()
        .transactions()
        .run(() -> {
          assertThat(another().transfer().add(scope, source)).isTrue();
          for (Stored stored : snapshot.versions(source.id(), 0, PLENTY)) {
            carry(snapshot, scope, stored.version());
          }
          VersionRef first = new VersionRef(source.id(), 1);
          another().transfer().complete(scope, first, BotKnowledge.NOW);
        });
    Conversation talk = snapshot.conversations(null, PLENTY).getFirst();
    assertThat(another().transfer().add(talk)).isTrue();
    assertThat(another().transfer().add(talk)).isFalse();
    for (ArchivedMessage said : snapshot.messages(talk.id(), 0, PLENTY)) {
      Message message = said.message();
      another()
          .conversations()
          .add(knowledge.owner(), talk.id(), List.of(message), talk.updatedAt());
      if (said.ratingComment() != null) {
        another().conversations().rate(knowledge.owner(), message.id(), -1, said.ratingComment());
      }
    }
  }

  private void carry(Snapshot snapshot, BotScope scope, ArchivedVersion version) {
    VersionRef ref = version.ref();
    another().transfer().add(scope, version);
    another().ingestion().addPages(scope, ref, snapshot.pages(ref, 0, PLENTY));
    another()
        .ingestion()
        .extracted(scope, ref, version.title(), version.language(), version.pages());
    List<ArchivedChunk> chunks = snapshot.chunks(ref, -1, PLENTY);
    another().ingestion().addChunks(scope, chunks.stream().map(ArchivedChunk::chunk).toList());
    for (ArchivedChunk chunk : chunks) {
      chunk
          .embeddings()
          .forEach((model, vector) ->
              another()
                  .ingestion()
                  .addEmbeddings(scope, model, Map.of(chunk.chunk().id(), vector)));
    }
    another().ingestion().split(scope, ref, version.chunks());
  }

  @Test
  void whatIsThereStaysAsItIs() {
    Document document = knowledge.add("own.txt");
    ArchivedSource source = read(persistence(), TransferContract::sources).getFirst();
    ConversationId talk = talk(knowledge.owner(), document.ref());
    Conversation conversation =
        persistence().conversations().find(knowledge.owner(), talk).orElseThrow();

    assertThat(persistence().transfer().of(owner())).isEqualTo(Standing.THERE);
    assertThat(persistence().transfer().add(owner())).isFalse();
    assertThat(persistence().transfer().of(bot().id(), bot().owner())).isEqualTo(Standing.THERE);
    assertThat(persistence().transfer().add(bot())).isFalse();
    assertThat(persistence().transfer().of(document.id(), bot().id())).isEqualTo(Standing.THERE);
    assertThat(persistence().transfer().add(knowledge.scope(), source)).isFalse();
    assertThat(persistence().transfer().of(talk, bot().owner())).isEqualTo(Standing.THERE);
    assertThat(persistence().transfer().add(conversation)).isFalse();
    assertThat(persistence().conversations().find(knowledge.owner(), talk)).contains(conversation);
  }

  @Test
  void whatBelongsToOthersIsSaidToBe() {
    Document document = knowledge.add("own.txt");
    ConversationId talk = talk(knowledge.owner(), document.ref());
    UserId stranger = new UserId(UUID.randomUUID());
    User own = owner();
    Identity identity = new Identity("https://id.example", "y", own.tenant(), own.id());
    persistence().transfer().add(identity);
    persistence().transfer().add(new Tenant(new TenantId(own.id().value()), Instant.EPOCH));

    assertThat(persistence().transfer().of(bot().id(), stranger)).isEqualTo(Standing.FOREIGN);
    assertThat(persistence().transfer().of(document.id(), new BotId(UUID.randomUUID())))
        .isEqualTo(Standing.FOREIGN);
    assertThat(persistence().transfer().of(talk, stranger)).isEqualTo(Standing.FOREIGN);
    assertThat(
            persistence()
                .transfer()
                .of(new Identity(identity.issuer(), "y", own.tenant(), stranger)))
        .isEqualTo(Standing.FOREIGN);
    User sameName =
        People.named(String.valueOf(own.username()).toUpperCase(Locale.ROOT), "x@example.org");
    assertThat(persistence().transfer().of(sameName)).isEqualTo(Standing.USERNAME_TAKEN);
    persistence().transfer().add(new Tenant(sameName.tenant(), Instant.EPOCH));
    assertThat(persistence().transfer().add(sameName)).isFalse();
    assertThat(
            persistence()
                .transfer()
                .of(People.named("n-" + UUID.randomUUID(), String.valueOf(own.email()))))
        .isEqualTo(Standing.EMAIL_TAKEN);
  }

  @Test
  void whatWasErasedHereDoesNotComeBack() {
    Document document = knowledge.add("own.txt");
    ArchivedSource source = read(persistence(), TransferContract::sources).getFirst();
    Bot bot = bot();
    persistence().documents().tombstone(knowledge.scope(), document.id(), BotKnowledge.NOW);
    assertThat(persistence().transfer().of(document.id(), bot.id())).isEqualTo(Standing.ERASED);
    persistence()
        .transactions()
        .run(() -> {
          persistence().changeLog().sourceRemoved(knowledge.scope(), document.id());
          persistence().ingestion().removeRows(knowledge.scope(), document.id());
          persistence().erasures().removeTombstones(knowledge.scope(), document.id());
        });

    assertThat(persistence().transfer().of(document.id(), bot.id())).isEqualTo(Standing.ERASED);
    assertThat(persistence().transfer().add(knowledge.scope(), source)).isFalse();

    persistence().bots().tombstone(knowledge.scope(), BotKnowledge.NOW);
    assertThat(persistence().transfer().of(bot.id(), bot.owner())).isEqualTo(Standing.ERASED);
    assertThat(persistence().transfer().grant(bot.id())).isEmpty();
    assertThat(persistence().transfer().add(bot)).isFalse();
    ArchivedSource other =
        new ArchivedSource(
            new SourceId(UUID.randomUUID()),
            bot.id(),
            source.type(),
            null,
            1,
            1,
            null,
            BotKnowledge.NOW);
    assertThat(persistence().transfer().add(knowledge.scope(), other)).isFalse();
  }

  @Test
  void aSecondCloneOfAUserIsAnOrdinaryBot() {
    Bot clone =
        persistence()
            .bots()
            .cloneOf(
                knowledge.owner(),
                new BotId(UUID.randomUUID()),
                BotProfile.named("Me"),
                BotKnowledge.NOW);
    Bot elsewhere =
        new Bot(
            new BotId(UUID.randomUUID()),
            clone.tenant(),
            clone.owner(),
            clone.profile(),
            clone.status(),
            true,
            clone.createdAt(),
            clone.updatedAt());

    assertThat(persistence().transfer().add(elsewhere)).isTrue();

    assertThat(
            persistence().bots().list(knowledge.owner(), new ListRequest(0, 10)).items().stream()
                .filter(Bot::isClone))
        .containsExactly(clone);
  }

  @Test
  void nothingIsAddedForWhoIsNotThere() {
    User nobody = People.someone();
    Bot orphan =
        new Bot(
            new BotId(UUID.randomUUID()),
            nobody.tenant(),
            nobody.id(),
            BotProfile.named("Orphan"),
            BotStatus.ACTIVE,
            false,
            BotKnowledge.NOW,
            BotKnowledge.NOW);
    Conversation talk =
        new Conversation(
            new ConversationId(UUID.randomUUID()),
            nobody.tenant(),
            nobody.id(),
            bot().id(),
            "Talk",
            Metadata.EMPTY,
            0,
            BotKnowledge.NOW,
            BotKnowledge.NOW);

    assertThat(persistence().transfer().add(nobody)).isFalse();
    assertThat(persistence().transfer().add(orphan)).isFalse();
    assertThat(persistence().transfer().add(talk)).isFalse();
    assertThat(persistence().transfer().add(new Identity("i", "s", nobody.tenant(), nobody.id())))
        .isFalse();
  }
}
