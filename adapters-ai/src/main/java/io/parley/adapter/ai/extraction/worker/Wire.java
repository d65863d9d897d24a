package io.parley.adapter.ai.extraction.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.TextSpan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The frames between server and child: a kind byte, a length, a body. Both readers take what comes
 * as hostile: anything that is not exactly a frame is an {@link IOException}, and no length is
 * believed above {@link #MAX_BODY}.
 */
public final class Wire {

  /** Largest body, in bytes. */
  static final int MAX_BODY = 16 * 1024 * 1024;

  private static final int READY = 1;
  private static final int PAGE = 2;
  private static final int DONE = 3;
  private static final int FAILED = 4;
  private static final int REQUEST = 5;

  private Wire() {}

  public static void write(OutputStream out, Frame frame) throws IOException {
    switch (frame) {
      case Frame.Ready() -> send(out, READY, body -> {});
      case Frame.Page(PageText page) -> send(out, PAGE, body -> writePage(body, page));
      case Frame.Done(String title, int pages) ->
          send(
              out,
              DONE,
              body -> {
                writeText(body, title);
                body.writeInt(pages);
              });
      case Frame.Failed(Problem problem) ->
          send(out, FAILED, body -> writeText(body, problem.name()));
    }
  }

  /** The next frame, null at the end of the stream. */
  public static @Nullable Frame read(InputStream in) throws IOException {
    int kind = in.read();
    if (kind < 0) {
      return null;
    }
    DataInputStream body = body(in);
    Frame frame =
        switch (kind) {
          case READY -> new Frame.Ready();
          case PAGE -> new Frame.Page(readPage(body));
          case DONE -> new Frame.Done(readText(body), body.readInt());
          case FAILED -> new Frame.Failed(constant(Problem.class, body));
          default -> throw new IOException("Unknown frame " + kind);
        };
    return whole(body, frame);
  }

  public static void write(OutputStream out, Request request) throws IOException {
    send(
        out,
        REQUEST,
        body -> {
          writeText(body, request.file());
          writeText(body, request.type().name());
          body.writeLong(request.maxText());
          body.writeInt(request.maxPages());
        });
  }

  /** The next request, null at the end of the stream. */
  public static @Nullable Request readRequest(InputStream in) throws IOException {
    int kind = in.read();
    if (kind < 0) {
      return null;
    }
    if (kind != REQUEST) {
      throw new IOException("Not a request: " + kind);
    }
    DataInputStream body = body(in);
    String file = readText(body);
    if (file == null) {
      throw new IOException("A request without a file");
    }
    return whole(
        body,
        new Request(file, constant(ContentType.class, body), body.readLong(), body.readInt()));
  }

  private static void writePage(DataOutputStream body, PageText page) throws IOException {
    body.writeInt(page.number());
    writeText(body, page.label());
    writeText(body, page.text());
    body.writeInt(page.blocks().size());
    for (Block block : page.blocks()) {
      writeText(body, block.kind().name());
      body.writeInt(block.span().start());
      body.writeInt(block.span().end());
    }
  }

  private static PageText readPage(DataInputStream body) throws IOException {
    int number = body.readInt();
    String label = readText(body);
    String text = readText(body);
    if (number < 1 || text == null || !PlainText.isClean(text)) {
      throw new IOException("Not a page");
    }
    return new PageText(number, label, text, readBlocks(body, text.length()));
  }

  private static List<Block> readBlocks(DataInputStream body, int length) throws IOException {
    int count = body.readInt();
    List<Block> blocks = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < count; i++) {
      Block.Kind kind = constant(Block.Kind.class, body);
      int start = body.readInt();
      int end = body.readInt();
      if (start < from || end < start || end > length) {
        throw new IOException("Not a block of the page");
      }
      blocks.add(new Block(kind, new TextSpan(start, end)));
      from = end;
    }
    return blocks;
  }

  private static void send(OutputStream out, int kind, Body writer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(new DataOutputStream(bytes));
    DataOutputStream data = new DataOutputStream(out);
    data.writeByte(kind);
    data.writeInt(bytes.size());
    bytes.writeTo(out);
    out.flush();
  }

  private static DataInputStream body(InputStream in) throws IOException {
    int length = new DataInputStream(in).readInt();
    if (length < 0 || length > MAX_BODY) {
      throw new IOException("A frame of " + length + " bytes");
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("A frame that ends early");
    }
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static <T> T whole(DataInputStream body, T value) throws IOException {
    if (body.available() > 0) {
      throw new IOException("A frame with a tail");
    }
    return value;
  }

  private static <T extends Enum<T>> T constant(Class<T> type, DataInputStream body)
      throws IOException {
    String name = readText(body);
    for (T value : type.getEnumConstants()) {
      if (value.name().equals(name)) {
        return value;
      }
    }
    throw new IOException("Unknown " + type.getSimpleName());
  }

  private static void writeText(DataOutputStream body, @Nullable String text) throws IOException {
    byte[] bytes = text == null ? new byte[0] : text.getBytes(UTF_8);
    body.writeInt(text == null ? -1 : bytes.length);
    body.write(bytes);
  }

  private static @Nullable String readText(DataInputStream body) throws IOException {
    int length = body.readInt();
    if (length == -1) {
      return null;
    }
    if (length < 0 || length > body.available()) {
      throw new IOException("A text of " + length + " bytes");
    }
    return new String(body.readNBytes(length), UTF_8);
  }

  /** Fills the body of a frame. */
  private interface Body {
    void write(DataOutputStream body) throws IOException;
  }
}
