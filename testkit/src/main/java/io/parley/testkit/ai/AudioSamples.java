package io.parley.testkit.ai;

import io.parley.domain.port.ai.AudioType;
import io.parley.domain.port.ai.Recording;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Recordings that are made, and what a pretended transcriber hears in them. */
public final class AudioSamples {
  private static final int RATE = 16_000;
  private static final int HEADER = 44;
  private static final double PITCH = 440;

  private AudioSamples() {}

  /** A tone of one second: a WAV that any transcriber can read. */
  public static Recording tone() {
    byte[] wav = wav();
    return recording(AudioType.WAV, wav.length, () -> new ByteArrayInputStream(wav));
  }

  /** Something that calls itself a WAV and is none. */
  public static Recording damaged() {
    byte[] words =
        "This was never a recording of anything at all."
            .repeat(40)
            .getBytes(StandardCharsets.US_ASCII);
    return recording(AudioType.WAV, words.length, () -> new ByteArrayInputStream(words));
  }

  /**
   * Bytes that begin as that type does and mean nothing, made while they are read.
   *
   * @param size at least 16
   */
  public static Recording ofSize(AudioType type, long size) {
    return recording(type, size, () -> new GeneratedAudio(head(type), size));
  }

  /** The same recording from another source. */
  public static Recording from(Recording.Source source, Recording recording) {
    return new Recording(recording.type(), recording.size(), recording.language(), source);
  }

  private static Recording recording(AudioType type, long size, Recording.Source source) {
    return new Recording(type, size, null, source);
  }

  /** What a pretended transcriber hears: nothing of the content can be missing from it. */
  public static String heard(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return content.length + " bytes, " + HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether bytes begin as the ending of their file's name says. */
  public static boolean isNamedRightly(String fileName, byte[] begin) {
    AudioType type = typeOf(fileName);
    return type != null
        && begin.length >= 16
        && Arrays.equals(masked(type, begin), masked(type, head(type)));
  }

  private static @Nullable AudioType typeOf(String fileName) {
    for (AudioType type : AudioType.values()) {
      if (fileName.endsWith("." + type.extension())) {
        return type;
      }
    }
    return null;
  }

  /** The bytes that do not change from file to file. */
  private static byte[] masked(AudioType type, byte[] begin) {
    return switch (type) {
      case WEBM, OGG -> Arrays.copyOf(begin, 4);
      case MP3 -> Arrays.copyOf(begin, 3);
      case M4A -> Arrays.copyOfRange(begin, 4, 8);
      case WAV -> {
        byte[] fixed = Arrays.copyOf(begin, 12);
        Arrays.fill(fixed, 4, 8, (byte) 0);
        yield fixed;
      }
    };
  }

  private static byte[] head(AudioType type) {
    return switch (type) {
      case WEBM -> new byte[] {0x1a, 0x45, (byte) 0xdf, (byte) 0xa3};
      case OGG -> ascii("OggS");
      case MP3 -> ascii("ID3\u0004");
      case M4A -> ascii("\u0000\u0000\u0000\u0018ftypM4A ");
      case WAV -> ascii("RIFF\u0000\u0000\u0000\u0000WAVEfmt ");
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] wav() {
    ByteBuffer wav = ByteBuffer.allocate(HEADER + 2 * RATE).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(HEADER - 8 + 2 * RATE).put(ascii("WAVEfmt ")).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(2 * RATE);
    wav.putShort((short) 2).putShort((short) 16).put(ascii("data")).putInt(2 * RATE);
    for (int i = 0; i < RATE; i++) {
      wav.putShort((short) (8_000 * Math.sin(2 * Math.PI * PITCH * i / RATE)));
    }
    return wav.array();
  }

  /** A head, and then bytes that follow from their place. */
  private static final class GeneratedAudio extends InputStream {
    private final byte[] head;
    private final long size;
    private long at;

    GeneratedAudio(byte[] head, long size) {
      this.head = head;
      this.size = size;
    }

    @Override
    public int read() {
      if (at == size) {
        return -1;
      }
      int place = (int) at++;
      return (place < head.length ? head[place] : place * 31 + (place >> 8)) & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) {
      int count = (int) Math.min(length, size - at);
      for (int i = 0; i < count; i++) {
        into[from + i] = (byte) read();
      }
      return count == 0 && length > 0 ? -1 : count;
    }
  }
}
