package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.account.User;
import io.parley.domain.bot.Bot;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.Step;
import io.parley.domain.port.persistence.Transfer.Snapshot;
import io.parley.domain.port.persistence.Transfer.Snapshot.Stored;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Tenant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a {@link Snapshot} shows. */
public abstract class SnapshotContract extends CarriedKnowledge {

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
    assertThat(read(persistence(), SnapshotContract::sources))
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
    assertThat(read(persistence(), SnapshotContract::sources)).isEmpty();

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
}
