package io.parley.adapter.vectorstore.lucene;

import static io.parley.testkit.persistence.BotKnowledge.MODEL;
import static io.parley.testkit.persistence.BotKnowledge.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.application.background.WorkSignal;
import io.parley.application.reconciliation.Onlooker;
import io.parley.application.reconciliation.ReconcileStores;
import io.parley.application.reconciliation.ReconciliationReport;
import io.parley.application.reconciliation.StoreChecks;
import io.parley.application.reconciliation.StoreReport;
import io.parley.application.retrieval.FollowIndexes;
import io.parley.application.retrieval.FollowLog;
import io.parley.application.retrieval.ServingGeneration;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.persistence.BotKnowledge;
import io.parley.testkit.storage.InMemoryBlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens to its files, an index answers as before, from the database alone: no embedder
 * is to be had here.
 */
final class DamagedIndexTest {
  private static final int DAMAGES = Integer.getInteger("parley.damages", 150);
  private static final List<String> WORDS =
      List.of("ferry", "harbour", "timetable", "winter", "captain", "lantern", "fog", "anchor");

  private final long seed = Long.getLong("parley.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final InMemoryPersistence database = new InMemoryPersistence();
  private final BotKnowledge knowledge = BotKnowledge.in(database);
  private final List<float[]> queries = Stream.generate(this::vector).limit(5).toList();
  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void fill() {
    directory = temporary.resolve("index");
    for (int i = 0; i < 12; i++) {
      document("first-" + i);
    }
  }

  private VersionRef document(String name) {
    VersionRef ref = knowledge.add(name).ref();
    String[] texts = new String[5 + random.nextInt(30)];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = sentence() + " " + i;
    }
    knowledge.embed(ref, texts);
    Map<ChunkId, float[]> embeddings = new HashMap<>();
    for (Chunk chunk : BotKnowledge.chunks(ref, texts)) {
      embeddings.put(chunk.id(), vector());
    }
    database.ingestion().addEmbeddings(knowledge.scope(), MODEL, embeddings);
    return ref;
  }

  private float[] vector() {
    return new float[] {
      (float) random.nextGaussian(), (float) random.nextGaussian(), (float) random.nextGaussian()
    };
  }

  private String sentence() {
    return String.join(" ", random.ints(4, 0, WORDS.size()).mapToObj(WORDS::get).toList());
  }

  /** Both indexes, open and followed. */
  private final class Opened implements AutoCloseable {
    final LuceneVectorStore vectors =
        LuceneVectorStore.open(
            new LuceneVectorStoreConfig(directory.resolve("vectors"), MODEL.dimension()));
    final LuceneKeywordIndex words =
        LuceneKeywordIndex.open(new LuceneKeywordIndexConfig(directory.resolve("words")));
    final FollowLog<IndexedVector> vectorLog;
    final FollowLog<IndexedWords> wordLog;

    Opened() {
      FollowIndexes followers =
          new FollowIndexes(database.indexFeed(), new WorkSignal(), "here", () -> NOW);
      vectorLog =
          followers.add(
              ServingGeneration.follower("here", "vectors", null, vectors), vectors, MODEL);
      wordLog = followers.add(ServingGeneration.follower("here", "words", null, words), words);
    }

    Opened caughtUp() {
      boolean more = true;
      while (more) {
        more = vectorLog.advance() | wordLog.advance();
      }
      vectorLog.requireWhole();
      wordLog.requireWhole();
      database.indexFeed().completePassed(NOW);
      return this;
    }

    List<List<ScoredChunk>> answers() {
      List<List<ScoredChunk>> answers = new ArrayList<>();
      for (float[] query : queries) {
        answers.add(vectors.search(knowledge.scope(), query, 20, Filter.NONE));
      }
      for (String word : WORDS) {
        answers.add(words.search(knowledge.scope(), word, 20, Filter.NONE));
      }
      return answers;
    }

    ReconciliationReport reconciled() {
      StoreChecks checks =
          new StoreChecks(
              database,
              new InMemoryBlobStore(),
              new WorkSignal(),
              "here",
              IdSource.random(),
              () -> NOW);
      ReconcileStores stores = checks.over(vectorLog, MODEL, wordLog, List.of());
      return switch (stores.run(false, Onlooker.NONE)) {
        case ReconcileStores.Result.Done(ReconciliationReport report) -> report;
        case ReconcileStores.Result.Busy() -> throw new AssertionError("Nobody else is here.");
      };
    }

    @Override
    public void close() {
      vectors.close();
      words.close();
    }
  }

  private List<List<ScoredChunk>> pristine() {
    try (Opened opened = new Opened()) {
      opened.caughtUp();
      document("later");
      return opened.caughtUp().answers();
    }
  }

  @Test
  void whateverHappensToItsFilesWhileItIsClosedItAnswersAsBefore() throws IOException {
    try (Opened opened = new Opened()) {
      opened.caughtUp();
    }
    Path older = temporary.resolve("older");
    copy(directory, older);
    List<List<ScoredChunk>> before = pristine();
    Path kept = temporary.resolve("kept");
    copy(directory, kept);

    for (int i = 0; i < DAMAGES; i++) {
      copy(kept, directory);
      String what = damage(older);
      try (Opened opened = new Opened()) {
        assertThat(opened.caughtUp().answers())
            .as("seed %d, damage %d: %s", seed, i, what)
            .isEqualTo(before);
        assertThat(opened.vectors.count()).isEqualTo(opened.words.count());
      } catch (RuntimeException e) {
        throw new AssertionError("seed %d, damage %d: %s".formatted(seed, i, what), e);
      }
    }
  }

  /** What was done. */
  private String damage(Path older) throws IOException {
    List<Path> files = files(directory);
    Path file = files.get(random.nextInt(files.size()));
    switch (random.nextInt(8)) {
      case 0 -> cut(file, random.nextInt((int) Files.size(file) + 1));
      case 1, 2, 3 -> flip(file);
      case 4 -> Files.delete(file);
      case 5 -> {
        Files.write(file, new byte[4_096]);
        return "zeros in " + file;
      }
      case 6 -> {
        delete(directory.resolve(random.nextBoolean() ? "vectors" : "words"));
        return "a directory is gone";
      }
      default -> {
        for (Path old : files(older)) {
          if (old.getFileName().toString().startsWith("segments")) {
            Path there = directory.resolve(older.relativize(old));
            removeSegments(there.getParent());
            Files.copy(old, there);
          }
        }
        return "the segments of an older commit";
      }
    }
    return "cut, altered or deleted: " + file;
  }

  private static void removeSegments(Path index) throws IOException {
    for (Path file : files(index)) {
      if (file.getFileName().toString().startsWith("segments")) {
        Files.delete(file);
      }
    }
  }

  private static void cut(Path file, int length) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, length));
  }

  private void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    Files.write(file, bytes);
  }

  @Test
  void bitsThatFlipWhileItServesAreFoundAndTheIndexIsBuiltAgain() throws IOException {
    List<List<ScoredChunk>> before = pristine();
    try (Opened opened = new Opened()) {
      opened.caughtUp();
      Path vectors = largest(directory.resolve("vectors"));
      byte[] bytes = Files.readAllBytes(vectors);
      bytes[bytes.length / 2] ^= 0x40;
      overwrite(vectors, bytes);

      assertThat(opened.vectors.verify()).isFalse();
      assertThat(opened.words.verify()).isTrue();

      assertRefusesUntilItIsBuiltAgain(opened, before);
    }
  }

  /** In place: the file stays the one that is mapped. */
  private static void overwrite(Path file, byte[] bytes) throws IOException {
    try (var opened = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      opened.write(ByteBuffer.wrap(bytes));
    }
  }

  private void assertRefusesUntilItIsBuiltAgain(Opened opened, List<List<ScoredChunk>> before) {
    assertThatExceptionOfType(PortFailure.class)
        .isThrownBy(opened::answers)
        .satisfies(failure -> assertThat(failure.kind()).isEqualTo(PortFailure.Kind.UNAVAILABLE));
    assertThat(opened.caughtUp().answers()).isEqualTo(before);
    assertThat(opened.vectors.verify()).isTrue();
  }

  @Test
  void aFileThatIsDeletedWhileItServesIsFound() throws IOException {
    List<List<ScoredChunk>> before = pristine();
    try (Opened opened = new Opened()) {
      opened.caughtUp();
      delete(directory.resolve("vectors"));
      assertThat(opened.answers()).as("what is open stays readable").isEqualTo(before);

      ReconciliationReport report = opened.reconciled();

      assertThat(of("vectors", report).wrong()).isEqualTo(1);
      assertThat(of("vectors", report).repaired()).isEqualTo(1);
      assertThat(opened.answers()).isEqualTo(before);
      assertThat(files(directory.resolve("vectors"))).hasSizeGreaterThan(3);
    }
    try (Opened again = new Opened()) {
      assertThat(again.caughtUp().answers()).isEqualTo(before);
    }
  }

  @Test
  void aSearchThatMeetsDamageRefusesAndTheIndexIsBuiltAgain() throws IOException {
    List<List<ScoredChunk>> before = pristine();
    try (Opened opened = new Opened()) {
      opened.caughtUp();
      for (Path file : files(directory.resolve("vectors"))) {
        if (!file.toString().endsWith(".lock")) {
          cut(file, 0);
        }
      }

      assertRefusesUntilItIsBuiltAgain(opened, before);
    }
  }

  @Test
  void whileItIsBuiltNothingIsAnsweredFromAPart() throws IOException {
    try (Opened opened = new Opened()) {
      assertThatExceptionOfType(PortFailure.class).isThrownBy(opened.vectorLog::requireWhole);
      opened.vectorLog.advance();
      opened.vectorLog.requireWhole();
      assertThatExceptionOfType(PortFailure.class).isThrownBy(opened.wordLog::requireWhole);
    }
  }

  @Test
  void aChunkThatIsHeldTwiceIsHeldOnceAgain() throws IOException {
    List<List<ScoredChunk>> before = pristine();
    ChunkId twice = before.getFirst().getFirst().id();
    IndexedVector chunk = database.inspection().vectors(List.of(twice), MODEL).getFirst();
    VectorRecipe recipe =
        new VectorRecipe(
            new LuceneVectorStoreConfig(directory.resolve("vectors"), MODEL.dimension()));
    try (FSDirectory files = FSDirectory.open(directory.resolve("vectors"));
        IndexWriter writer = new IndexWriter(files, recipe.writing())) {
      writer.addDocument(recipe.document(chunk));
    }
    try (Opened opened = new Opened()) {
      opened.caughtUp();
      assertThat(opened.vectors.held(List.of(twice))).containsEntry(twice, 2);
      assertThat(opened.answers()).isNotEqualTo(before);

      ReconciliationReport report = opened.reconciled();

      assertThat(of("vectors", report).repeated()).isEqualTo(1);
      assertThat(of("vectors", report).repaired()).isEqualTo(1);
      assertThat(of("words", report).repeated()).isZero();
      assertThat(opened.vectors.held(List.of(twice))).containsEntry(twice, 1);
      assertThat(opened.answers()).isEqualTo(before);
    }
  }

  private static StoreReport of(String store, ReconciliationReport report) {
    return report.stores().stream().filter(s -> s.store().equals(store)).findFirst().orElseThrow();
  }

  private static Path largest(Path folder) throws IOException {
    return files(folder).stream()
        .filter(file -> file.toString().endsWith(".vec"))
        .max(Comparator.comparingLong(DamagedIndexTest::size))
        .orElseThrow();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.toString().endsWith(".lock"))
          .sorted()
          .toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      List<Path> all;
      try (Stream<Path> below = Files.walk(folder)) {
        all = below.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path path : all) {
        Files.delete(path);
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    delete(to);
    for (Path file : files(from)) {
      Path there = to.resolve(from.relativize(file));
      Files.createDirectories(there.getParent());
      Files.copy(file, there);
    }
  }
}
