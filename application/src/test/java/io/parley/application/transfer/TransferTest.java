package io.parley.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.application.Bench;
import io.parley.application.StagedEmbedder;
import io.parley.application.conversation.ShownMessage;
import io.parley.application.document.UploadResult;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotScope;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.storage.BlobInventory.StoredBlob;
import io.parley.domain.transfer.Selection;
import io.parley.testkit.ai.HashingEmbedder;
import io.parley.testkit.storage.InMemoryArchives;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Everything, or a bot, from one installation to another. */
class TransferTest {
  private static final Selection EVERYTHING = new Selection.Everything();
  private static final String DAWN = "The Marigold sails at dawn.";
  private static final String NOON = "The Marigold sails at noon.";

  private final InMemoryArchives archives = new InMemoryArchives();
  private final TransferBench from = new TransferBench(archives);
  private final TransferBench to = new TransferBench(archives);

  @AfterEach
  void end() {
    from.close();
    to.close();
  }

  /** A document that was replaced, another one, and what was said about the first version. */
  private Conversation knowledge() throws InterruptedException {
    Document document = from.complete("log.txt", DAWN);
    Conversation conversation = from.ask("When does the Marigold sail?");
    from.replace(document.id(), NOON);
    from.complete("crew.txt", "Her master is Ines Falk.\nHer mate is Tom Berg.");
    return conversation;
  }

  @Test
  void everythingArrivesAndIsFoundWithoutACallToTheModel() throws InterruptedException {
    Conversation conversation = knowledge();
    ExportReport exported = from.exported(EVERYTHING);

    ImportReport report = to.imported();

    assertThat(exported.documents()).isEqualTo(2);
    assertThat(report).isEqualTo(new ImportReport(1, 0, 1, 0, 2, 0, 0, 0, 1, 0, 2));
    assertThat(to.all(from.thisBot())).isEqualTo(from.all(from.thisBot()));
    assertThat(to.bench.embedder.passages).hasValue(0);
    assertThat(to.found(to.arrived(from.bench.scope), "Marigold sails noon")).contains(NOON);
    List<ShownMessage> shown =
        to.parley
            .browseConversations()
            .messages(from.bench.person, conversation.id(), new ListRequest(0, 10))
            .orElseThrow()
            .items();
    assertThat(shown.getLast().citations())
        .singleElement()
        .satisfies(citation -> assertThat(citation.quote()).isEqualTo(DAWN));
  }

  @Test
  void theBytesOfEveryVersionArrive() throws InterruptedException {
    knowledge();
    from.exported(from.thisBot());
    to.imported();

    assertThat(to.bench.blobs.size()).isEqualTo(from.bench.blobs.size()).isEqualTo(3);
    for (StoredBlob blob : from.bench.blobs.list(null, 10).items()) {
      assertThat(to.bench.blobs.list(null, 10).items())
          .anyMatch(there -> there.place().equals(blob.place()));
    }
  }

  @Test
  void anotherModelEmbedsWhatItLacksAndTheOldEmbeddingsStay() throws InterruptedException {
    knowledge();
    from.exported(EVERYTHING);
    StagedEmbedder other = new StagedEmbedder(new HashingEmbedder(32));
    try (TransferBench there = new TransferBench(archives, other)) {
      there.imported();

      assertThat(other.passages).hasValue(3);
      assertThat(there.found(there.arrived(from.bench.scope), "Marigold sails noon"))
          .contains(NOON);
    }
  }

  @Test
  void aBotsArchiveHasNothingOfOthers() throws InterruptedException {
    knowledge();
    Actor.Person stranger = Bench.person(from.bench.database);
    BotScope foreign = from.bench.newBot(stranger, "Foreign", true);
    from.complete(foreign, "foreign.txt", "Somebody else's words.");
    BotScope neighbour = from.bench.newBot(from.bench.person, "Neighbour", false);
    from.complete(neighbour, "neighbour.txt", "Words of another bot.");

    ExportReport exported = from.exported(from.thisBot());
    to.imported();

    assertThat(exported.accounts()).isEqualTo(1);
    assertThat(exported.bots()).isEqualTo(1);
    assertThat(exported.documents()).isEqualTo(2);
    assertThat(to.bench.database.users().findForCredential(stranger.user())).isEmpty();
    assertThat(to.bench.database.transfer().grant(foreign.bot())).isEmpty();
    assertThat(to.bench.database.transfer().grant(neighbour.bot())).isEmpty();
  }

  @Test
  void aSecondImportBringsNothingTwice() throws InterruptedException {
    knowledge();
    from.exported(EVERYTHING);
    to.imported();
    List<String> once = to.all(EVERYTHING);

    ImportReport again = to.imported();

    assertThat(again).isEqualTo(new ImportReport(0, 1, 0, 1, 0, 2, 0, 0, 0, 1, 0));
    assertThat(to.all(EVERYTHING)).isEqualTo(once);
  }

  /** Ends the import as nothing else ends it. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void anImportThatWasKilledAnywhereIsSimplyRunAgain() throws InterruptedException {
    knowledge();
    from.exported(from.thisBot());
    List<String> expected = from.all(from.thisBot());
    for (int step = 1; ; step++) {
      try (TransferBench there = new TransferBench(archives)) {
        boolean whole = isWhole(there, step);
        ImportReport report = there.imported();

        assertThat(there.all(from.thisBot())).as("killed at step %d", step).isEqualTo(expected);
        assertThat(there.bench.blobs.size()).isEqualTo(3);
        assertThat(there.bench.embedder.passages).hasValue(0);
        assertThat(report.documents() + report.documentsThere()).isEqualTo(2);
        if (whole) {
          assertThat(step).isGreaterThan(15);
          return;
        }
      }
    }
  }

  private boolean isWhole(TransferBench there, int killedAt) {
    AtomicInteger left = new AtomicInteger(killedAt);
    try {
      there
          .parley
          .importKnowledge(archives)
          .run(
              TransferBench.FILE,
              null,
              _ -> {
                if (left.decrementAndGet() == 0) {
                  throw new Killed();
                }
              });
      return true;
    } catch (Killed e) {
      return false;
    }
  }

  @Test
  void anExportThatIsStoppedLeavesNothing() throws InterruptedException {
    knowledge();
    AtomicInteger left = new AtomicInteger(3);

    assertThatThrownBy(() ->
            from.parley
                .exportKnowledge(archives)
                .run(
                    new ExportRequest(TransferBench.FILE, EVERYTHING, false, "test"),
                    _ -> {
                      if (left.decrementAndGet() == 0) {
                        throw new Killed();
                      }
                    }))
        .isInstanceOf(Killed.class);

    assertThat(archives.holds(TransferBench.FILE)).isFalse();
  }

  @Test
  void whatWasErasedHereIsNotBroughtBack() throws InterruptedException {
    Conversation conversation = knowledge();
    from.exported(EVERYTHING);
    to.imported();
    BotScope scope = to.arrived(from.bench.scope);
    Document log = document(scope, "new.txt");
    to.bench.database.conversations().delete(from.user, conversation.id());
    ErasureId erasure = to.parley.documents().erase().eraseDocument(scope, log.id()).orElseThrow();
    Bench.until(() ->
        to.parley
            .documents()
            .receipts()
            .find(from.user, erasure)
            .filter(receipt -> receipt.state() != ErasureReceipt.State.PENDING)
            .isPresent());

    ImportReport report = to.imported();

    assertThat(report.documentsErased()).isEqualTo(1);
    assertThat(report.documentsThere()).isEqualTo(1);
    assertThat(to.found(scope, "Marigold sails noon")).doesNotContain(NOON);
    assertThat(to.bench.database.documents().find(scope, log.id())).isEmpty();
    assertThat(to.bench.blobs.count(scope, log.id())).isZero();
    assertThat(to.bench.database.conversations().latest(from.user, conversation.id(), 10))
        .as("the answer is blank: only the question is left")
        .hasSize(1);
  }

  private Document document(BotScope scope, String name) {
    return to.bench.database.documents().list(scope, new ListRequest(0, 10)).items().stream()
        .filter(document -> document.name().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void versionsThatFailedOrAreUnfinishedGoOnWhereTheyCan() throws InterruptedException {
    Document served = from.complete("log.txt", DAWN);
    from.parley.stop();
    VersionRef failed = added(served, "second.txt", "two");
    from.bench.database.ingestion().fail(from.bench.scope, failed, "Nothing in it.", Instant.EPOCH);
    VersionRef waiting = added(served, "third.txt", NOON);

    from.exported(from.thisBot());
    ImportReport report = to.imported();
    BotScope scope = to.arrived(from.bench.scope);
    Bench.until(() -> to.document(scope, served.id()).status() == DocumentStatus.COMPLETE);

    assertThat(report.indexing()).isEqualTo(1);
    assertThat(to.document(scope, served.id()).servingVersion()).isEqualTo(waiting.version());
    assertThat(to.found(scope, "Marigold sails")).containsExactly(NOON);
    assertThat(to.all(from.thisBot()))
        .anyMatch(line -> line.contains("errorMessage=Nothing in it.") && line.contains("ERROR"));
    assertThat(to.bench.embedder.passages).as("only the third one is new").hasValue(1);
  }

  private VersionRef added(Document document, String name, String text) {
    UploadResult result =
        from.parley
            .documents()
            .upload()
            .replace(from.bench.scope, document.id(), Bench.file(name, text));
    return new VersionRef(document.id(), Bench.accepted(result).version());
  }

  @Test
  void aDocumentWithoutItsFileIsLeftOutAndSaidToBe() throws InterruptedException {
    knowledge();
    Document lost = from.complete("lost.txt", "Nobody finds me.");
    Document changed = from.complete("changed.txt", "I am not what I was.");
    from.bench.blobs.delete(from.bench.scope, key(lost));
    from.bench.blobs.write(
        key(changed), Bench.file("x", "Something far longer. ".repeat(9)).content(), 999);

    ExportReport exported = from.exported(from.thisBot());
    ImportReport report = to.imported();

    assertThat(exported.documents()).isEqualTo(2);
    assertThat(exported.leftOut()).isEqualTo(2);
    assertThat(report.documents()).isEqualTo(2);
    assertThat(report.documentsLeftOut()).isEqualTo(2);
    assertThat(to.bench.blobs.size()).isEqualTo(3);
    assertThat(to.bench.database.documents().find(to.arrived(from.bench.scope), lost.id()))
        .isEmpty();
  }

  private BlobKey key(Document document) {
    return new BlobKey(from.bench.person.user(), document.ref(), document.name());
  }
}
