package io.parley.adapter.storage.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.access.BotScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a store whose process is killed while it writes. */
class KilledBlobStoreTest {
  private static final int SHA256_LENGTH = 64;

  @TempDir Path root;

  private final UUID id = UUID.randomUUID();

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 101})
  void keepsEveryAcknowledgedBlobWholeAndNothingOfTheOthers(int puts) throws Exception {
    Map<Integer, String> acknowledged = killAfter(puts);
    assertThat(Blobs.incoming(root)).isNotEmpty();

    FilesystemBlobStore store = Blobs.open(root);

    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(puts);
    acknowledged.forEach((put, sha256) -> assertThat(sha256).isEqualTo(expected(put)));
    assertThat(broken(store, acknowledged)).isEmpty();
    assertThat(Blobs.incoming(root)).isEmpty();
  }

  private Map<Integer, String> killAfter(int puts) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PutLoop.class.getName(),
                root.toString(),
                id.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Map<Integer, String> acknowledged = new TreeMap<>();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[2].length() == SHA256_LENGTH) {
          acknowledged.put(Integer.valueOf(words[1]), words[2]);
        }
        if (acknowledged.size() == puts) {
          process.toHandle().destroyForcibly(); // and read on: what it has said still counts
        }
      }
    }
    process.waitFor();
    return acknowledged;
  }

  /** What is not as it must be; empty when all is well. */
  private String broken(FilesystemBlobStore store, Map<Integer, String> acknowledged) {
    StringBuilder broken = new StringBuilder();
    for (int first = 0; first <= acknowledged.size() + 1; first += 2) {
      String found = sha256(store, first);
      if (!allowed(first, acknowledged).contains(found)) {
        broken.append("put ").append(first).append(": ").append(found).append('\n');
      }
    }
    return broken.toString();
  }

  /** What a key may hold: the last that was acknowledged, or what was on its way after it. */
  private static Set<String> allowed(int first, Map<Integer, String> acknowledged) {
    if (acknowledged.containsKey(first + 1)) {
      return Set.of(expected(first + 1));
    }
    return acknowledged.containsKey(first)
        ? Set.of(expected(first), expected(first + 1))
        : Set.of("nothing", expected(first), expected(first + 1));
  }

  private static String expected(int put) {
    return Blobs.sha256(Blobs.bytes(put, PutLoop.size(put)));
  }

  private String sha256(FilesystemBlobStore store, int put) {
    BotScope scope = PutLoop.scope(id);
    Optional<InputStream> found = store.open(scope, PutLoop.key(id, put));
    return found.map(content -> Blobs.sha256(Blobs.all(content))).orElse("nothing");
  }

  @Test
  void noticesABlobThatWasCutShort() throws Exception {
    Map<Integer, String> acknowledged = killAfter(6);
    FilesystemBlobStore store = Blobs.open(root);
    Path file = root.resolve(BlobDirectory.relative(PutLoop.key(id, 2)));
    byte[] bytes = Files.readAllBytes(file);

    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(broken(store, acknowledged)).startsWith("put 2: ");

    Files.delete(file);
    assertThat(broken(store, acknowledged)).isEqualTo("put 2: nothing\n");
  }
}
