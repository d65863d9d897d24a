package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.Progress;
import io.parley.domain.document.Step;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.IngestionRepository.Cut;
import io.parley.domain.port.persistence.IngestionRepository.Work;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.testkit.Scopes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link IngestionRepository} does. */
public abstract class IngestionRepositoryContract {

  private static final Instant NOW = BotKnowledge.NOW;
  private static final EmbeddingModel MODEL = BotKnowledge.MODEL;

  private BotKnowledge bot;
  private VersionRef ref;

  /** The database under test. */
  protected abstract Persistence persistence();

  @BeforeEach
  void freshDocument() {
    bot = BotKnowledge.in(persistence());
    ref = bot.add("a.txt").ref();
  }

  private IngestionRepository ingestion() {
    return persistence().ingestion();
  }

  private Document document() {
    return persistence().documents().find(bot.scope(), ref.source()).orElseThrow();
  }

  private Work work() {
    return ingestion().find(bot.scope(), ref).orElseThrow();
  }

  @Test
  void showsWhereTheWorkStands() {
    assertThat(work().progress()).isEqualTo(new Progress(Step.STORED, 0, 0));
    assertThat(work().blob())
        .isEqualTo(persistence().documents().blobKey(bot.scope(), ref.source()).orElseThrow());

    ingestion().progress(bot.scope(), ref, new Progress(Step.STORED, 3, 9));

    assertThat(document().status()).isEqualTo(DocumentStatus.PROCESSING);
    assertThat(work().progress()).isEqualTo(new Progress(Step.STORED, 3, 9));
  }

  @Test
  void passesEachCheckpointWithItsProduct() {
    ingestion().extracted(bot.scope(), ref, "Own title", "de", 7);
    assertThat(work().progress()).isEqualTo(new Progress(Step.EXTRACTED, 0, 7));
    assertThat(work().title()).isEqualTo("Own title");
    assertThat(work().pageCount()).isEqualTo(7);
    assertThat(document().language()).isEqualTo("de");

    ingestion().split(bot.scope(), ref, 11);
    assertThat(work().progress()).isEqualTo(new Progress(Step.SPLIT, 0, 11));
    assertThat(document().chunksCount()).isEqualTo(11);

    ingestion().embedded(bot.scope(), ref, 1);
    assertThat(work().progress()).isEqualTo(new Progress(Step.EMBEDDED, 11, 11));
  }

  @Test
  void saysThatAllChunksOfAnIndexedVersionAreDone() {
    bot.complete(ref, "one", "two");
    assertThat(document().status()).isEqualTo(DocumentStatus.COMPLETE);
    assertThat(document().progress()).isEqualTo(new Progress(Step.INDEXED, 2, 2));
  }

  @Test
  void keepsPagesAsTheyAreAndReplacesThem() {
    PageText first = PageText.plain(1, "Eins");
    PageText second =
        new PageText(
            2,
            "Zwei",
            "Kopf\nText 🙂",
            List.of(
                new Block(Block.Kind.HEADING, new TextSpan(0, 4)),
                new Block(Block.Kind.PARAGRAPH, new TextSpan(5, 12))));
    ingestion().addPages(bot.scope(), ref, List.of(PageText.plain(1, "old"), second));
    ingestion().addPages(bot.scope(), ref, List.of(first));
    ingestion().addPages(bot.scope(), ref, List.of(PageText.plain(3, "")));

    assertThat(ingestion().pagesAfter(bot.scope(), ref, 0, 2)).containsExactly(first, second);
    assertThat(ingestion().pagesAfter(bot.scope(), ref, 2, 2))
        .containsExactly(PageText.plain(3, ""));

    ingestion().clearPages(bot.scope(), ref);
    assertThat(ingestion().pagesAfter(bot.scope(), ref, 0, 9)).isEmpty();
  }

  @Test
  void replacesChunksAndForgetsTheirEmbeddings() {
    List<Chunk> chunks = bot.split(ref, "one", "two");
    ingestion().addChunks(bot.scope(), chunks);
    embed(chunks.get(0));
    assertThat(toEmbed(9)).containsExactly(chunks.get(1));

    assertThat(ingestion().cutUpTo(bot.scope(), ref, 0)).isEqualTo(new Cut(0, 0));
    assertThat(toEmbed(9)).isEmpty();
    List<Chunk> anew = BotKnowledge.chunks(ref, "uno", "due", "tre");
    ingestion().addChunks(bot.scope(), anew);

    assertThat(toEmbed(2)).isEqualTo(anew.subList(0, 2));
  }

  @Test
  void goesBackToTheEndOfAPageAndSaysWhatStays() {
    ingestion()
        .addPages(
            bot.scope(),
            ref,
            List.of(
                PageText.plain(1, "Eins 🙂"),
                PageText.plain(2, "zwei"),
                PageText.plain(3, "drei")));
    ingestion().extracted(bot.scope(), ref, null, null, 3);
    List<Chunk> chunks =
        List.of(
            on(1, 0, 0, "Eins 🙂"), on(2, 1, 8, "zwei"), on(3, 2, 13, "dr"), on(3, 3, 15, "ei"));
    ingestion().addChunks(bot.scope(), chunks);

    assertThat(ingestion().cutUpTo(bot.scope(), ref, 3)).isEqualTo(new Cut(4, 18));
    assertThat(ingestion().cutUpTo(bot.scope(), ref, 2)).isEqualTo(new Cut(2, 13));
    assertThat(toEmbed(9)).isEqualTo(chunks.subList(0, 2));
    assertThat(ingestion().cutUpTo(bot.scope(), ref, 0)).isEqualTo(new Cut(0, 0));
    assertThat(toEmbed(9)).isEmpty();
  }

  private Chunk on(int page, int ordinal, int start, String content) {
    TextSpan span = new TextSpan(start, start + content.length());
    return new Chunk(ChunkId.of(ref, ordinal), ref, ordinal, page, span, null, content);
  }

  @Test
  void saysHowLongItTakesOnlyWhileItIsWorkedOn() {
    ingestion().progress(bot.scope(), ref, new Progress(Step.SPLIT, 3, 9, 40));
    assertThat(document().progress().remainingSeconds()).isEqualTo(40);

    ingestion().pause(bot.scope(), ref);
    assertThat(document().progress()).isEqualTo(new Progress(Step.SPLIT, 3, 9));
    assertThat(document().status()).isEqualTo(DocumentStatus.PROCESSING);

    ingestion().progress(bot.scope(), ref, new Progress(Step.SPLIT, 4, 9, 30));
    ingestion().fail(bot.scope(), ref, "It broke.", NOW);
    assertThat(document().progress()).isEqualTo(new Progress(Step.SPLIT, 4, 9));
  }

  @Test
  void aCheckpointForgetsHowLongTheStepBeforeTook() {
    ingestion().progress(bot.scope(), ref, new Progress(Step.SPLIT, 3, 9, 40));
    ingestion().embedded(bot.scope(), ref, 1);
    assertThat(document().progress().remainingSeconds()).isNull();
    ingestion().fail(bot.scope(), ref, "Nobody waits for it.", NOW);
  }

  private List<Chunk> toEmbed(int limit) {
    return ingestion().chunksToEmbed(bot.scope(), ref, MODEL, limit);
  }

  private void embed(Chunk chunk) {
    ingestion().addEmbeddings(bot.scope(), MODEL, Map.of(chunk.id(), new float[] {1, 2, 3}));
  }

  @Test
  void keepsEmbeddingsApartByModel() {
    List<Chunk> chunks = bot.split(ref, "one");
    embed(chunks.getFirst());
    embed(chunks.getFirst());
    EmbeddingModel other = new EmbeddingModel("local", "another", 3);

    assertThat(toEmbed(9)).isEmpty();
    assertThat(ingestion().chunksToEmbed(bot.scope(), ref, other, 9)).isEqualTo(chunks);
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            ingestion()
                .addEmbeddings(
                    bot.scope(), MODEL, Map.of(chunks.getFirst().id(), new float[] {1})));
  }

  @Test
  void leavesAVersionThatEndedAlone() {
    ingestion().fail(bot.scope(), ref, "It broke.", NOW);
    Document failed = document();

    ingestion().progress(bot.scope(), ref, new Progress(Step.SPLIT, 1, 1));
    ingestion().fail(bot.scope(), ref, "Again.", NOW.plusSeconds(1));
    bot.split(ref, "late");

    assertThat(ingestion().find(bot.scope(), ref)).isEmpty();
    assertThat(document()).isEqualTo(failed);
    assertThat(ingestion().pagesAfter(bot.scope(), ref, 0, 9)).isEmpty();
    assertThat(toEmbed(9)).isEmpty();
  }

  @Test
  void takesNothingMoreInForATombstonedSource() {
    persistence().documents().tombstone(bot.scope(), ref.source(), NOW);
    assertThat(ingestion().find(bot.scope(), ref)).isEmpty();
    bot.split(ref, "late");
    assertThat(toEmbed(9)).isEmpty();
    assertThat(ingestion().pagesAfter(bot.scope(), ref, 0, 9)).isEmpty();
  }

  @Test
  void removesTheRowsOfATombstonedSourceOnly() {
    bot.split(ref, "one");
    ingestion().removeRows(bot.scope(), ref.source());
    assertThat(toEmbed(9)).hasSize(1);

    persistence().documents().tombstone(bot.scope(), ref.source(), NOW);
    ingestion().removeRows(bot.scope(), ref.source());
    ingestion().removeRows(bot.scope(), ref.source());

    assertThat(toEmbed(9)).isEmpty();
    assertThat(ingestion().pagesAfter(bot.scope(), ref, 0, 9)).isEmpty();
    assertThat(persistence().erasures().sourcesWithRows(bot.scope(), 9)).isEmpty();
    assertThat(persistence().changeLog().sourceRemoved(bot.scope(), ref.source()).version())
        .isNull();
  }

  @Test
  void showsAndChangesNothingInAForeignScope() {
    List<Chunk> chunks = bot.split(ref, "one");
    Document before = document();
    bot.foreignScopes()
        .forEach(foreign -> {
          assertThat(ingestion().find(foreign, ref)).isEmpty();
          assertThat(ingestion().pagesAfter(foreign, ref, 0, 9)).isEmpty();
          assertThat(ingestion().chunksToEmbed(foreign, ref, MODEL, 9)).isEmpty();
          writes(foreign, chunks).forEach(Runnable::run);
        });
    assertThat(document()).isEqualTo(before);
    assertThat(ingestion().pagesAfter(bot.scope(), ref, 0, 9)).hasSize(1);
    assertThat(toEmbed(9)).isEqualTo(chunks);
    assertThat(
            persistence()
                .documents()
                .chunks(bot.scope(), ref.source(), new ListRequest(0, 9))
                .orElseThrow()
                .items())
        .isEqualTo(chunks);
  }

  private List<Runnable> writes(BotScope scope, List<Chunk> chunks) {
    return List.of(
        () -> ingestion().progress(scope, ref, new Progress(Step.STORED, 1, 1)),
        () -> ingestion().clearPages(scope, ref),
        () -> ingestion().addPages(scope, ref, List.of(PageText.plain(2, "planted"))),
        () -> ingestion().extracted(scope, ref, "planted", "xx", 9),
        () -> ingestion().cutUpTo(scope, ref, 0),
        () -> ingestion().pause(scope, ref),
        () -> ingestion().addChunks(scope, BotKnowledge.chunks(ref, "planted", "more")),
        () -> ingestion().split(scope, ref, 99),
        () -> ingestion().addEmbeddings(scope, MODEL, Map.of(chunks.getFirst().id(), new float[3])),
        () -> ingestion().embedded(scope, ref, 1),
        () -> ingestion().fail(scope, ref, "planted", NOW),
        () -> ingestion().removeRows(scope, ref.source()));
  }

  @Test
  void refusesAScopeWithoutThePermission() {
    List<Chunk> chunks = bot.split(ref, "one");
    BotScope reading = Scopes.withOnly(bot.scope(), Permission.READ, Permission.ASK);
    writes(reading, chunks)
        .forEach(call -> assertThatIllegalStateException().isThrownBy(call::run));
    assertThatIllegalStateException().isThrownBy(() -> ingestion().find(reading, ref));
    assertThatIllegalStateException().isThrownBy(() -> ingestion().pagesAfter(reading, ref, 0, 9));
    assertThatIllegalStateException()
        .isThrownBy(() -> ingestion().chunksToEmbed(reading, ref, MODEL, 9));
  }
}
