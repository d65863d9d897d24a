package org.example.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LighthouseTest {

  @Test
  void takesATextInAndAnswersWithTheWordsThatProveIt(@TempDir Path home) throws Exception {
    assertThat(printed(home))
        .contains("Hanna Ruud")
        .contains("log.txt: Its keeper was Hanna Ruud, who stayed for thirty-one years.");
  }

  private static String printed(Path home) throws InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try {
      System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
      Lighthouse.main(new String[] {home.toString()});
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
