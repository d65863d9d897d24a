package io.parley.adapter.ai.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** In a process of its own: what a process has loaded it never lets go. */
@EnabledOnOs(OS.LINUX)
class OnnxLoadingTest {

  @Test
  @Timeout(60)
  void the_model_is_loaded_when_it_is_first_used() throws Exception {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FirstUse.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> said = process.inputReader().lines().toList();

    assertThat(process.waitFor()).isZero();
    assertThat(said).containsExactly("opened false", "used true");
  }

  static final class FirstUse {
    private FirstUse() {}

    public static void main(String[] arguments) throws IOException {
      try (OnnxEmbedder embedder = OnnxEmbedder.open(OnnxEmbedderConfig.standard())) {
        System.out.println("opened " + isLoaded());
        embedder.embedQuery("When does the ferry leave?");
        System.out.println("used " + isLoaded());
      }
    }

    private static boolean isLoaded() throws IOException {
      return Files.readString(Path.of("/proc/self/maps")).contains("libonnxruntime");
    }
  }
}
