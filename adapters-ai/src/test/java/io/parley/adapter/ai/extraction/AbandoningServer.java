package io.parley.adapter.ai.extraction;

import io.parley.domain.document.ContentType;
import java.nio.file.Path;

/** A server that is killed while its child reads a file that never ends. */
final class AbandoningServer {

  private AbandoningServer() {}

  public static void main(String[] arguments) {
    ProcessTextExtractor extractor =
        ExtractionIsolationTest.open(ExtractionIsolationTest.probing(Path.of(arguments[0])));
    extractor.extract(
        ExtractionIsolationTest.bytes("hang-after-a-page"),
        ContentType.TEXT,
        page -> {
          System.out.println(extractor.processIds().getFirst());
          System.out.flush();
        });
  }
}
