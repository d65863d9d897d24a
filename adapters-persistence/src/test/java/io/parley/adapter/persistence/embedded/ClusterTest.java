package io.parley.adapter.persistence.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterTest {
  private static final int TIMES = 3_000;

  @Test
  void aPidFileThatIsReplacedMeanwhileIsReadOrIsNotThere(@TempDir Path directory)
      throws IOException, InterruptedException {
    Cluster cluster = new Cluster(directory);
    Path pid = Files.createDirectories(cluster.data()).resolve("postmaster.pid");
    AtomicBoolean ended = new AtomicBoolean();
    Thread starting = Thread.ofPlatform().start(() -> replace(pid, ended));
    try {
      for (int i = 0; i < TIMES; i++) {
        assertThat(cluster.postmaster())
            .matches(found -> found.isEmpty() || found.get().pid() == 42);
      }
    } finally {
      ended.set(true);
      starting.join();
    }
  }

  private static void replace(Path pid, AtomicBoolean ended) {
    try {
      while (!ended.get()) {
        Files.writeString(pid, "42\n");
        Files.delete(pid);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
