package io.parley.adapter.ai.remote;

import io.parley.domain.port.ai.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A form of {@code multipart/form-data} with a recording, which is read from its source while it is
 * sent. The name of the file says the type and nothing of whose it is.
 */
public final class AudioUpload implements SentContent, AutoCloseable {
  private static final int BOUNDARY_LENGTH = 40;

  private final Recording recording;
  private final String boundary = "parley-" + RandomIds.of(BOUNDARY_LENGTH);
  private final byte[] head;
  private final byte[] tail;
  private @Nullable RecordingStream stream;

  /**
   * @param recording has a byte at least
   * @param fields what the form says beside the file, in its order; no quotes, no line ends
   */
  public AudioUpload(Recording recording, Map<String, String> fields) {
    this.recording = recording;
    this.head = head(fields);
    this.tail = ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] head(Map<String, String> fields) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    fields.forEach((name, value) -> part(head, "name=\"" + name + "\"\r\n\r\n" + value + "\r\n"));
    part(
        head,
        "name=\"file\"; filename=\"recording."
            + recording.type().extension()
            + "\"\r\nContent-Type: "
            + recording.type().mediaType()
            + "\r\n\r\n");
    return head.toByteArray();
  }

  private void part(ByteArrayOutputStream head, String rest) {
    String text = "--" + boundary + "\r\nContent-Disposition: form-data; " + rest;
    head.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String mediaType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  @Override
  public synchronized BodyPublisher publisher() {
    close();
    RecordingStream opened = new RecordingStream(recording);
    stream = opened;
    BodyPublisher file =
        BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(() -> opened), recording.size());
    return BodyPublishers.concat(
        BodyPublishers.ofByteArray(head), file, BodyPublishers.ofByteArray(tail));
  }

  @Override
  public synchronized boolean mayBeSentAgain() {
    return stream == null || stream.failure() == null;
  }

  /**
   * Does nothing unless the source failed: then that is what went wrong, whatever came of it on the
   * wire.
   */
  public synchronized void requireSound() {
    Exception failure = stream == null ? null : stream.failure();
    switch (failure) {
      case null -> {}
      case RuntimeException unchecked -> throw unchecked;
      case IOException io -> throw new UncheckedIOException(io);
      default -> throw new IllegalStateException(failure);
    }
  }

  /** Closes what was opened of the source. */
  @Override
  public synchronized void close() {
    if (stream != null) {
      stream.close();
    }
  }

  /** The bytes of a recording, counted. What goes wrong with them is kept. */
  private static final class RecordingStream extends InputStream {
    private final Recording recording;
    private volatile @Nullable InputStream source;
    private volatile @Nullable Exception failure;
    private volatile boolean closed;
    private long read;

    RecordingStream(Recording recording) {
      this.recording = recording;
    }

    @Nullable Exception failure() {
      return failure;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      try {
        int count = opened().read(into, from, length);
        read += Math.max(0, count);
        if (read > recording.size() || (count < 0 && read < recording.size())) {
          throw new IllegalArgumentException(
              "The recording does not have the " + recording.size() + " bytes that it should.");
        }
        return count;
      } catch (IOException | RuntimeException e) {
        if (!closed) {
          failure = e;
        }
        throw new IOException("the recording cannot be read", e);
      }
    }

    private InputStream opened() throws IOException {
      InputStream open = source;
      if (open == null && !closed) {
        open = recording.source().open();
        source = open;
      }
      if (open == null || closed) {
        close();
        throw new IOException("closed");
      }
      return open;
    }

    /** Also while another thread reads, which then fails. */
    @Override
    public void close() {
      closed = true;
      InputStream open = source;
      source = null;
      if (open != null) {
        try {
          open.close();
        } catch (IOException e) {
          // what could be read was read
        }
      }
    }
  }
}
