package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.DocumentRepository;
import io.parley.domain.port.persistence.DocumentRepository.Adding;
import io.parley.domain.port.persistence.DocumentRepository.NewVersion;
import io.parley.domain.port.persistence.DocumentRepository.OriginalFile;
import io.parley.domain.port.persistence.Persistence;
import io.parley.testkit.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DocumentRepository} does. */
public abstract class DocumentRepositoryContract {

  private static final Instant NOW = BotKnowledge.NOW;
  private static final ListRequest ALL = new ListRequest(0, 100);

  private BotKnowledge bot;

  /** The database under test. */
  protected abstract Persistence persistence();

  @BeforeEach
  void freshBot() {
    bot = BotKnowledge.in(persistence());
  }

  private DocumentRepository documents() {
    return persistence().documents();
  }

  private static SourceId newId() {
    return new SourceId(UUID.randomUUID());
  }

  @Test
  void keepsAllThatIsSaidOfADocument() {
    NewVersion file = BotKnowledge.file("Grüße 日本 🙂.txt");
    Adding adding = documents().add(bot.scope(), newId(), file);

    assertThat(adding).isInstanceOf(Adding.Added.class);
    Document document = ((Adding.Added) adding).document();
    assertThat(documents().find(bot.scope(), document.id())).contains(document);
    assertThat(document.name()).isEqualTo(file.name());
    assertThat(document.size()).isEqualTo(file.size());
    assertThat(document.sha256()).isEqualTo(file.sha256());
    assertThat(document.contentType()).isEqualTo(file.contentType());
    assertThat(document.metadata()).isEqualTo(file.metadata());
    assertThat(document.uploadedAt()).isEqualTo(NOW);
    assertThat(document.status()).isEqualTo(DocumentStatus.PENDING);
    assertThat(document.progress().step()).isEqualTo(Step.STORED);
    assertThat(document.servingVersion()).isNull();
  }

  @Test
  void addsTheSameBytesOnceWhoeverIsFirst() {
    NewVersion file = BotKnowledge.file("same.txt");

    List<Adding> results = Together.run(8, () -> documents().add(bot.scope(), newId(), file));

    assertThat(results).filteredOn(Adding.Added.class::isInstance).hasSize(1);
    assertThat(documents().list(bot.scope(), ALL).total()).isEqualTo(1);
    assertThat(documents().add(bot.neighbour().scope(), newId(), file))
        .isInstanceOf(Adding.Added.class);
  }

  @Test
  void refusesANulInANameBeforeItReachesTheDatabase() {
    assertThatThrownBy(() -> new DocumentName("a\0b")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersVersionsWithoutReuseAndShowsTheNewest() {
    SourceId id = bot.add("first.txt").id();
    List<Integer> reserved =
        Together.run(4, () -> documents().reserveVersion(bot.scope(), id).orElseThrow());
    assertThat(reserved).containsExactlyInAnyOrder(2, 3, 4, 5);

    assertThat(documents().addVersion(bot.scope(), id, 4, BotKnowledge.file("fourth.txt")))
        .isPresent();
    Document late =
        documents().addVersion(bot.scope(), id, 3, BotKnowledge.file("third.txt")).orElseThrow();

    assertThat(late.version()).isEqualTo(4);
    assertThat(documents().find(bot.scope(), id).orElseThrow().name().value())
        .isEqualTo("fourth.txt");
    assertThat(documents().blobKey(bot.scope(), id).orElseThrow().ref())
        .isEqualTo(new VersionRef(id, 4));
  }

  @Test
  void knowsTheFileOfEachVersion() {
    Document first = bot.add("first.txt");
    VersionRef second = bot.addVersion(first.id(), "second.txt");

    VersionRef unknown = new VersionRef(first.id(), 3);

    Map<VersionRef, OriginalFile> files =
        documents().originals(bot.scope(), List.of(first.ref(), second, first.ref(), unknown));

    OriginalFile old = Objects.requireNonNull(files.get(first.ref()));
    OriginalFile newest = Objects.requireNonNull(files.get(second));
    assertThat(files).containsOnlyKeys(first.ref(), second);
    assertThat(old.key()).isEqualTo(BlobKey.of(bot.scope(), first.ref(), first.name()));
    assertThat(old.contentType()).isEqualTo(first.contentType());
    assertThat(newest.key()).isEqualTo(documents().blobKey(bot.scope(), first.id()).orElseThrow());
    assertThat(documents().originals(bot.scope(), List.of())).isEmpty();
  }

  @Test
  void saysWhetherASourceIsStillShown() {
    SourceId id = bot.add("a.txt").id();
    SourceId ofTheBot = bot.add("b.txt").id();
    assertThat(documents().isShown(id)).isTrue();
    assertThat(documents().isShown(newId())).isFalse();

    documents().tombstone(bot.scope(), id, NOW);
    assertThat(documents().isShown(id)).isFalse();
    assertThat(documents().isShown(ofTheBot)).isTrue();

    persistence().bots().tombstone(bot.scope(), NOW);
    assertThat(documents().isShown(ofTheBot)).isFalse();
  }

  @Test
  void countsTheDocumentsOfAllTenants() {
    long before = documents().countOfAllTenants();

    SourceId id = bot.add("a.txt").id();
    bot.neighbour().add("b.txt");
    documents().tombstone(bot.scope(), id, NOW);

    assertThat(documents().countOfAllTenants()).isGreaterThanOrEqualTo(before + 2);
  }

  @Test
  void refusesAVersionThatWasNotReserved() {
    SourceId id = bot.add("a.txt").id();
    assertThat(documents().addVersion(bot.scope(), id, 2, BotKnowledge.file("b.txt"))).isEmpty();
  }

  @Test
  void listsInPartsNewestFirst() {
    for (int i = 0; i < 3; i++) {
      NewVersion f = BotKnowledge.file("d" + i);
      NewVersion later =
          new NewVersion(
              f.name(), f.contentType(), 1, f.sha256(), f.metadata(), NOW.plusSeconds(i));
      documents().add(bot.scope(), newId(), later);
    }

    Listing<Document> part = documents().list(bot.scope(), new ListRequest(1, 1));

    assertThat(part.total()).isEqualTo(3);
    assertThat(part.items()).extracting(d -> d.name().value()).containsExactly("d1");
    assertThat(documents().list(bot.scope(), ALL).items())
        .extracting(d -> d.name().value())
        .containsExactly("d2", "d1", "d0");
  }

  @Test
  void showsTheChunksOfTheNewestVersionUntilOneServes() {
    Document document = bot.add("a.txt");
    List<Chunk> first = bot.split(document.ref(), "one", "two", "three");
    assertThat(chunks(document.id()).items()).isEqualTo(first);

    bot.embed(document.ref(), "one", "two", "three");
    bot.complete(bot.addVersion(document.id(), "b.txt"), "uno", "due");
    VersionRef third = bot.addVersion(document.id(), "c.txt");
    bot.split(third, "eins");

    assertThat(chunks(document.id()).items())
        .extracting(Chunk::content)
        .containsExactly("uno", "due");
    Listing<Chunk> part =
        documents().chunks(bot.scope(), document.id(), new ListRequest(1, 1)).orElseThrow();
    assertThat(part.total()).isEqualTo(2);
    assertThat(part.items()).extracting(Chunk::content).containsExactly("due");
  }

  private Listing<Chunk> chunks(SourceId id) {
    return documents().chunks(bot.scope(), id, ALL).orElseThrow();
  }

  @Test
  void reopensAFailedVersionWithItsProducts() {
    Document document = bot.add("a.txt");
    bot.split(document.ref(), "one");
    assertThat(documents().reopen(bot.scope(), document.id())).isFalse();
    persistence().ingestion().fail(bot.scope(), document.ref(), "It broke.", NOW);
    Document failed = documents().find(bot.scope(), document.id()).orElseThrow();
    assertThat(failed.status()).isEqualTo(DocumentStatus.ERROR);
    assertThat(failed.errorMessage()).isEqualTo("It broke.");
    assertThat(failed.processedAt()).isEqualTo(NOW);

    assertThat(documents().reopen(bot.scope(), document.id())).isTrue();

    Document again = documents().find(bot.scope(), document.id()).orElseThrow();
    assertThat(again.status()).isEqualTo(DocumentStatus.PENDING);
    assertThat(again.errorMessage()).isNull();
    assertThat(again.progress().step()).isEqualTo(Step.SPLIT);
    assertThat(chunks(document.id()).total()).isEqualTo(1);
  }

  @Test
  void hidesATombstonedDocumentEverywhere() {
    Document document = bot.add("a.txt");
    assertThat(documents().tombstone(bot.scope(), document.id(), NOW)).isTrue();
    assertNothing(bot.scope(), document);
    assertThat(documents().tombstone(bot.scope(), document.id(), NOW)).isFalse();
  }

  @Test
  void hidesAllOfATombstonedBotAndTakesNothingMoreIn() {
    Document document = bot.add("a.txt");
    persistence().bots().tombstone(bot.scope(), NOW);
    assertNothing(bot.scope(), document);
    assertThat(documents().add(bot.scope(), newId(), BotKnowledge.file("b.txt")))
        .isEqualTo(new Adding.BotGone());
  }

  @Test
  void addsBeforeItsBotIsErasedOrNotAtAll() {
    for (int round = 0; round < 10; round++) {
      BotKnowledge fading = BotKnowledge.in(persistence());
      AtomicInteger turn = new AtomicInteger();
      List<Object> outcomes =
          Together.run(
              4,
              () ->
                  turn.incrementAndGet() == 2
                      ? persistence().bots().tombstone(fading.scope(), NOW)
                      : documents().add(fading.scope(), newId(), BotKnowledge.file("a.txt")));
      assertThat(outcomes).contains(true).doesNotContain(false);
      assertThat(documents().list(fading.scope(), ALL).total()).isZero();
    }
  }

  @Test
  void showsAndChangesNothingInAForeignScope() {
    Document document = bot.add("a.txt");
    persistence().ingestion().fail(bot.scope(), document.ref(), "It broke.", NOW);
    Document before = documents().find(bot.scope(), document.id()).orElseThrow();

    for (BotScope foreign : bot.foreignScopes()) {
      assertNothing(foreign, document);
    }
    assertThat(documents().add(bot.foreignScopes().getFirst(), newId(), BotKnowledge.file("x")))
        .isEqualTo(new Adding.BotGone());
    assertThat(documents().find(bot.scope(), document.id())).contains(before);
  }

  private void assertNothing(BotScope scope, Document document) {
    SourceId id = document.id();
    assertThat(documents().find(scope, id)).isEmpty();
    assertThat(documents().list(scope, ALL).total()).isZero();
    assertThat(documents().blobKey(scope, id)).isEmpty();
    assertThat(documents().originals(scope, List.of(document.ref()))).isEmpty();
    assertThat(documents().chunks(scope, id, ALL)).isEmpty();
    assertThat(documents().reserveVersion(scope, id)).isEmpty();
    assertThat(documents().addVersion(scope, id, 1, BotKnowledge.file("x"))).isEmpty();
    assertThat(documents().reopen(scope, id)).isFalse();
    assertThat(documents().tombstone(scope, id, NOW)).isFalse();
  }

  @Test
  void refusesAScopeWithoutThePermission() {
    SourceId id = bot.add("a.txt").id();
    BotScope asking = Scopes.withOnly(bot.scope(), Permission.ASK);
    List<Runnable> calls =
        List.of(
            () -> documents().add(asking, id, BotKnowledge.file("x")),
            () -> documents().reserveVersion(asking, id),
            () -> documents().addVersion(asking, id, 1, BotKnowledge.file("x")),
            () -> documents().find(asking, id),
            () -> documents().list(asking, ALL),
            () -> documents().blobKey(asking, id),
            () -> documents().originals(asking, List.of(new VersionRef(id, 1))),
            () -> documents().chunks(asking, id, ALL),
            () -> documents().reopen(asking, id),
            () -> documents().tombstone(asking, id, NOW));
    calls.forEach(call -> assertThatIllegalStateException().isThrownBy(call::run));
  }
}
