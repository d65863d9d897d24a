package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.bot.BotStatus;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.Step;
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
import io.parley.domain.transfer.Standing;
import io.parley.domain.transfer.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What {@link io.parley.domain.port.persistence.Transfer} adds, and what it says of what is there.
 */
public abstract class TransferContract extends CarriedKnowledge {

  /** Another database, to which things are carried. */
  protected abstract Persistence another();

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
  void aSlugIsTakenWithinItsBotWhileItsSourceLives() {
    ArchivedSource first = named(bot().id(), "one");
    ArchivedSource second = named(bot().id(), "one");
    assertThat(persistence().transfer().isSlugTaken(first)).isFalse();
    assertThat(persistence().transfer().add(knowledge.scope(), first)).isTrue();

    assertThat(persistence().transfer().isSlugTaken(first)).isFalse();
    assertThat(persistence().transfer().isSlugTaken(second)).isTrue();
    assertThat(persistence().transfer().add(knowledge.scope(), second)).isFalse();
    assertThat(persistence().transfer().of(second.id(), bot().id())).isEqualTo(Standing.NEW);
    assertThat(persistence().transfer().isSlugTaken(named(bot().id(), "two"))).isFalse();
    assertThat(persistence().transfer().isSlugTaken(named(bot().id(), null))).isFalse();
    assertThat(
            persistence().transfer().isSlugTaken(named(knowledge.neighbour().scope().bot(), "one")))
        .isFalse();
    persistence().documents().tombstone(knowledge.scope(), first.id(), BotKnowledge.NOW);
    assertThat(persistence().transfer().isSlugTaken(second)).isFalse();
  }

  private static ArchivedSource named(BotId bot, @Nullable String slug) {
    return new ArchivedSource(
        new SourceId(UUID.randomUUID()),
        bot,
        SourceType.DOCUMENT,
        slug,
        1,
        1,
        null,
        BotKnowledge.NOW);
  }

  @Test
  void theFirstMessageThatIsThereIsNamed() {
    Document document = knowledge.add("own.txt");
    ConversationId talk = talk(knowledge.owner(), document.ref());
    List<MessageId> there =
        persistence().conversations().latest(knowledge.owner(), talk, PLENTY).stream()
            .map(Message::id)
            .toList();
    MessageId unknown = new MessageId(UUID.randomUUID());

    assertThat(persistence().transfer().firstThere(List.of(unknown))).isEmpty();
    assertThat(persistence().transfer().firstThere(List.of())).isEmpty();
    assertThat(
            persistence()
                .transfer()
                .firstThere(List.of(unknown, there.getLast(), there.getFirst())))
        .contains(there.getLast());
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
