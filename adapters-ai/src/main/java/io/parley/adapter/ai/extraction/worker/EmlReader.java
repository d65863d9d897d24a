package io.parley.adapter.ai.extraction.worker;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.jspecify.annotations.Nullable;

/**
 * E-mails: a page a message, forwarded ones inside it included; attachments only by their names.
 */
final class EmlReader implements DocumentReader {

  private static final int MAX_DEPTH = 50;
  private static final int MAX_PARTS = 5_000;

  private static final MimeConfig LIMITS =
      new MimeConfig.Builder()
          .setMaxLineLen(1_000_000)
          .setMaxHeaderCount(2_000)
          .setMaxHeaderLen(1_000_000)
          .build();

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    MimeTokenStream tokens = new MimeTokenStream(LIMITS, DecodeMonitor.SILENT, null, null);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 65_536)) {
      tokens.parse(in);
      EmlMessages messages = new EmlMessages(pages);
      read(tokens, messages);
      return messages.title();
    } catch (MimeException e) {
      throw new IOException("Not a message", e);
    }
  }

  private static void read(MimeTokenStream tokens, EmlMessages messages)
      throws IOException, MimeException {
    int depth = 0;
    int parts = 0;
    for (EntityState state = tokens.getState();
        state != EntityState.T_END_OF_STREAM;
        state = tokens.next()) {
      switch (state) {
        case T_START_MESSAGE -> {
          depth++;
          messages.begin();
        }
        case T_END_MESSAGE -> {
          depth--;
          messages.end();
        }
        case T_START_BODYPART -> {
          parts++;
          messages.beginPart();
        }
        case T_START_MULTIPART -> {
          depth++;
          messages.beginGroup(tokens.getBodyDescriptor().getMimeType());
        }
        case T_END_MULTIPART -> {
          depth--;
          messages.endGroup();
        }
        case T_FIELD -> messages.field(tokens.getField());
        case T_BODY -> messages.body(tokens.getBodyDescriptor(), tokens.getDecodedInputStream());
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        throw new UnreadableException(Problem.TOO_DEEP);
      }
      if (parts > MAX_PARTS) {
        throw new UnreadableException(Problem.TOO_MANY_PARTS);
      }
    }
  }
}
