package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The container of old office documents, in which today's programs wrap protected ones. */
final class OleContainer {

  private static final byte[] MARK = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

  private OleContainer() {}

  /** Ends the reading of a document of today that lies in such a container. */
  static void refuse(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (Arrays.equals(in.readNBytes(MARK.length), MARK)) {
        throw new UnreadableException(Problem.ENCRYPTED_OFFICE);
      }
    }
  }
}
