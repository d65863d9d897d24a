package io.parley.adapter.vectorstore.lucene;

import static io.parley.testkit.vectorstore.SampleChunks.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.BotScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.SourceId;
import io.parley.domain.retrieval.LogPosition;
import io.parley.testkit.Scopes;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LuceneKillTest {

  private static final BotScope SCOPE =
      Scopes.owned(
          new TenantId(new UUID(1, 1)), new UserId(new UUID(1, 2)), new BotId(new UUID(1, 3)));

  @TempDir Path directory;

  @Test
  void aKilledProcessLeavesPositionAndContentThatAgree() throws Exception {
    Random random = new Random(11);
    long reached = 0;
    for (int round = 0; round < 3; round++) {
      long told = killAfter(5 + random.nextInt(30));
      try (LuceneVectorStore store = open(directory)) {
        LogPosition position = store.position().orElseThrow();
        assertThat(position.position()).isGreaterThanOrEqualTo(told).isGreaterThan(reached);
        assertThat(position).isEqualTo(position(position.position()));
        assertThat(store.count()).isEqualTo(10 * position.position());
        assertThat(store.chunksOf(source(position.position()))).hasSize(10);
        assertThat(store.chunksOf(source(position.position() + 1))).isEmpty();
        reached = position.position();
      }
    }
  }

  private static SourceId source(long number) {
    return new SourceId(new UUID(4, number));
  }

  /** The last position that the process told of before it was killed. */
  private long killAfter(int lines) throws IOException, InterruptedException {
    Process writer =
        new ProcessBuilder(
                List.of(
                    ProcessHandle.current().info().command().orElseThrow(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    LuceneKillTest.class.getName(),
                    directory.toString()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    long told = 0;
    try (BufferedReader output = writer.inputReader()) {
      for (int i = 0; i < lines; i++) {
        told = Long.parseLong(output.readLine());
      }
      writer.destroyForcibly();
      assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    return told;
  }

  private static LuceneVectorStore open(Path directory) {
    return LuceneVectorStore.open(new LuceneVectorStoreConfig(directory, 8));
  }

  /** Goes on from where the index is until it is killed. */
  public static void main(String[] args) {
    LuceneVectorStore store = open(Path.of(args[0]));
    int next = (int) store.position().orElseThrow().position() + 1;
    while (true) {
      store.apply(List.of(LuceneDurabilityTest.batch(SCOPE, next)), position(next));
      System.out.println(next++);
    }
  }
}
