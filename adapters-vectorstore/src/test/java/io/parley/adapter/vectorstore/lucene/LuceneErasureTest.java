package io.parley.adapter.vectorstore.lucene;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.IndexFollower;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.testkit.Scopes;
import io.parley.testkit.vectorstore.SampleChunks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One chunk among many of its segment is erased: the segment's files must lose it, too. */
final class LuceneErasureTest {

  private static final String CANARY = "quorvathzelmira";
  private static final SourceId GONE = new SourceId(new UUID(4, 77));
  private final BotScope scope = Scopes.fresh();
  @TempDir Path directory;

  private boolean filesHold(byte[] bytes) {
    String wanted = new String(bytes, StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> read(file).contains(wanted));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void purge(IndexFollower<?> index) throws InterruptedException {
    for (int tries = 0; !index.purge(); tries++) {
      assertThat(tries).isLessThan(2_000);
      Thread.sleep(10);
    }
  }

  private VersionRef ref(int i) {
    return new VersionRef(i == 77 ? GONE : new SourceId(new UUID(4, i)), 1);
  }

  @Test
  void aWordOfAnErasedChunkIsInNoFileOnceItIsPurged() throws InterruptedException {
    byte[] canary = CANARY.getBytes(StandardCharsets.US_ASCII);
    try (LuceneKeywordIndex index =
        LuceneKeywordIndex.open(new LuceneKeywordIndexConfig(directory))) {
      List<IndexedWords> chunks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String words = i == 77 ? "The keeper of " + CANARY + "." : "The keeper of bay " + i + ".";
        chunks.add(SampleChunks.words(attributes(scope, ref(i)), 0, words));
      }
      index.apply(List.of(new IndexChange.Add<>(chunks)), position(1));
      assertThat(filesHold(canary)).isTrue();

      index.apply(List.of(new IndexChange.RemoveSource<>(GONE)), position(2));
      assertThat(filesHold(canary)).as("a removal alone").isTrue();
      purge(index);

      assertThat(filesHold(canary)).isFalse();
      assertThat(index.count()).isEqualTo(199);
      assertThat(index.position()).contains(position(2));
    }
    try (LuceneKeywordIndex again =
        LuceneKeywordIndex.open(new LuceneKeywordIndexConfig(directory))) {
      assertThat(again.position()).contains(position(2));
      assertThat(again.count()).isEqualTo(199);
      assertThat(again.purge()).isTrue();
    }
  }

  @Test
  void aVectorOfAnErasedChunkIsInNoFileOnceItIsPurged() throws InterruptedException {
    float[] vector = {0.5f, 0.5f, 0.5f, 0.5f, 0, 0, 0, 0};
    byte[] canary =
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(0.5f)
            .putFloat(0.5f)
            .putFloat(0.5f)
            .putFloat(0.5f)
            .array();
    try (LuceneVectorStore index =
        LuceneVectorStore.open(new LuceneVectorStoreConfig(directory, 8))) {
      List<IndexedVector> chunks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        float[] other = {1, i, 0.25f, 0, 0, 0, 0, 1};
        chunks.add(SampleChunks.vector(attributes(scope, ref(i)), 0, i == 77 ? vector : other));
      }
      index.apply(List.of(new IndexChange.Add<>(chunks)), position(1));
      index.apply(List.of(new IndexChange.RemoveSource<>(GONE)), position(2));
      assertThat(filesHold(canary)).as("a removal alone").isTrue();

      purge(index);

      assertThat(filesHold(canary)).isFalse();
      assertThat(index.count()).isEqualTo(199);
    }
  }
}
