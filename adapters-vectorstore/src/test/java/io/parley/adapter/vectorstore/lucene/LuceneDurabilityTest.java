package io.parley.adapter.vectorstore.lucene;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.position;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.LogPosition;
import io.parley.testkit.Scopes;
import io.parley.testkit.vectorstore.SampleChunks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuceneDurabilityTest {

  private static final int DIMENSION = 8;
  private final BotScope scope = Scopes.fresh();
  @TempDir Path directory;

  private LuceneVectorStore open() {
    return LuceneVectorStore.open(new LuceneVectorStoreConfig(directory, DIMENSION));
  }

  private void fill(LuceneVectorStore store, int to) {
    for (int i = 1; i <= to; i++) {
      store.apply(List.of(batch(scope, i)), position(i));
    }
  }

  /** Ten chunks of the source with the number. */
  static IndexChange<IndexedVector> batch(BotScope scope, int number) {
    VersionRef ref = new VersionRef(new SourceId(new UUID(4, number)), 1);
    Random random = new Random(number);
    return new IndexChange.Add<>(
        IntStream.range(0, 10)
            .mapToObj(i ->
                SampleChunks.vector(
                    attributes(scope, ref), i, SampleChunks.direction(DIMENSION, random)))
            .toList());
  }

  @Test
  void aRestartKeepsPositionAndChunks() {
    try (LuceneVectorStore store = open()) {
      fill(store, 5);
    }

    try (LuceneVectorStore store = open()) {
      assertThat(store.position()).contains(position(5));
      assertThat(store.count()).isEqualTo(50);
    }
  }

  @Test
  void aDirectoryHasOneOwner() {
    try (LuceneVectorStore owner = open()) {
      assertThat(owner.count()).isZero();
      assertThatExceptionOfType(PortFailure.class)
          .isThrownBy(this::open)
          .satisfies(failure -> assertThat(failure.kind()).isEqualTo(PortFailure.Kind.UNAVAILABLE));
    }
  }

  @Test
  void anotherDimensionStartsOver() {
    try (LuceneVectorStore store = open()) {
      fill(store, 2);
    }

    try (LuceneVectorStore wider =
        LuceneVectorStore.open(new LuceneVectorStoreConfig(directory, 4096))) {
      assertThat(wider.position()).contains(LogPosition.START);
      assertThat(wider.count()).isZero();
      float[] vector = SampleChunks.direction(4096, new Random(1));
      var attributes = attributes(scope, SampleChunks.newVersion());
      wider.apply(
          List.of(new IndexChange.Add<>(List.of(SampleChunks.vector(attributes, 0, vector)))),
          position(1));
      assertThat(wider.search(scope, vector, 1, Filter.NONE)).hasSize(1);
    }
  }

  /** Every file in turn is cut, altered and deleted: an index is whole, or starts over. */
  @Test
  void damageToAnyFileStartsOver() throws IOException {
    try (LuceneVectorStore store = open()) {
      fill(store, 3);
    }
    Path kept = Files.createTempDirectory(directory.getParent(), "kept");
    List<Path> files = copy(directory, kept);
    for (Path file : files) {
      for (Damage damage : Damage.values()) {
        copy(kept, directory);
        damage.to(directory.resolve(file.getFileName()));
        assertStartsOver(file + " " + damage);
      }
    }
    assertThat(files).hasSizeGreaterThan(5);
  }

  private void assertStartsOver(String what) {
    try (LuceneVectorStore store = open()) {
      assertThat(store.position()).as(what).contains(LogPosition.START);
      assertThat(store.count()).as(what).isZero();
      fill(store, 1);
      assertThat(store.count()).as(what).isEqualTo(10);
    }
  }

  private static List<Path> copy(Path from, Path to) throws IOException {
    try (var old = Files.list(to)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    try (var files = Files.list(from)) {
      List<Path> all =
          files
              .filter(file -> !file.toString().endsWith(".lock"))
              .sorted(Comparator.naturalOrder())
              .toList();
      for (Path file : all) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
      return all;
    }
  }

  private enum Damage {
    CUT,
    ALTERED,
    DELETED;

    void to(Path file) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      switch (this) {
        case CUT -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        case ALTERED -> {
          bytes[bytes.length / 2] ^= 0x10;
          Files.write(file, bytes);
        }
        case DELETED -> Files.delete(file);
      }
    }
  }

  @Test
  void wordsOfAnotherAnalyserStartOver() throws IOException {
    var config = new LuceneKeywordIndexConfig(directory);
    var recipe = new WordRecipe(config);
    IndexedWords chunk =
        SampleChunks.words(attributes(scope, SampleChunks.newVersion()), 0, "bread");
    try (var old =
        FollowedIndex.open(FSDirectory.open(directory), new Renamed(recipe, "words/0"))) {
      old.apply(List.of(new IndexChange.Add<>(List.of(chunk))), position(4));
    }

    try (LuceneKeywordIndex index = LuceneKeywordIndex.open(config)) {
      assertThat(index.position()).contains(LogPosition.START);
      assertThat(index.count()).isZero();
    }
  }

  private record Renamed(WordRecipe recipe, String name) implements IndexRecipe<IndexedWords> {
    @Override
    public org.apache.lucene.index.IndexWriterConfig writing() {
      return recipe.writing();
    }

    @Override
    public org.apache.lucene.search.SearcherFactory searchers() {
      return recipe.searchers();
    }

    @Override
    public void check(IndexChange<IndexedWords> change) {
      recipe.check(change);
    }

    @Override
    public io.parley.domain.document.ChunkId idOf(IndexedWords chunk) {
      return recipe.idOf(chunk);
    }

    @Override
    public org.apache.lucene.document.Document document(IndexedWords chunk) {
      return recipe.document(chunk);
    }
  }

  @Test
  void aFullDiskStopsWritingUntilThereIsSpaceAgain() throws IOException {
    AtomicBoolean full = new AtomicBoolean();
    try (LuceneVectorStore store =
        LuceneVectorStore.open(
            new LuceneVectorStoreConfig(directory, DIMENSION), new Filling(directory, full))) {
      fill(store, 2);
      full.set(true);
      for (int i = 0; i < 3; i++) {
        assertThatExceptionOfType(PortFailure.class)
            .isThrownBy(() -> store.apply(List.of(batch(scope, 3)), position(3)))
            .satisfies(
                failure -> assertThat(failure.kind()).isEqualTo(PortFailure.Kind.STORAGE_FULL));
      }
      assertThat(store.position()).contains(position(2));
      assertThat(store.count()).isEqualTo(20);

      full.set(false);
      store.apply(List.of(batch(scope, 3)), position(3));

      assertThat(store.position()).contains(position(3));
      assertThat(store.count()).isEqualTo(30);
    }
  }

  private static final class Filling extends FilterDirectory {
    private final AtomicBoolean full;

    Filling(Path path, AtomicBoolean full) throws IOException {
      super(FSDirectory.open(path));
      this.full = full;
    }

    @Override
    public IndexOutput createOutput(String name, IOContext context) throws IOException {
      if (full.get()) {
        throw new IOException("No space left on device");
      }
      return super.createOutput(name, context);
    }
  }
}
