package io.parley.adapter.storage.archive;

import io.parley.adapter.storage.digest.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes the entries of a ZIP file one after another. The JDK's writer keeps every entry in memory
 * until the end; here the directory waits in a file of its own. Sizes and checksum of an entry are
 * put into its header afterwards, so that readers need not look for its end, and always as ZIP64.
 */
final class ZipFileWriter implements AutoCloseable {
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int DIRECTORY_HEADER = 0x02014b50;
  private static final int DIRECTORY_END_64 = 0x06064b50;
  private static final int DIRECTORY_LOCATOR_64 = 0x07064b50;
  private static final int DIRECTORY_END = 0x06054b50;
  private static final short VERSION_ZIP64 = 45;
  private static final short MADE_ON_UNIX = (3 << 8) | VERSION_ZIP64;
  private static final short UTF_8 = 1 << 11;
  private static final short DEFLATED = 8;
  private static final short EXTRA_ZIP64 = 1;
  private static final int REGULAR_FILE = 0100600 << 16;
  private static final int IN_EXTRA = -1;
  private static final int BUFFER = 64 * 1024;

  private final FileChannel out;
  private final FileChannel directory;
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final byte[] buffer = new byte[BUFFER];
  private final ByteBuffer directoryBuffer = little(BUFFER);
  private final int dosTime;
  private long entries;

  /**
   * A writer at the start of an empty file.
   *
   * @param directory an empty file for what comes last
   * @param dosTime when all entries were made, in the form that ZIP has
   */
  ZipFileWriter(FileChannel out, FileChannel directory, int dosTime) {
    this.out = out;
    this.directory = directory;
    this.dosTime = dosTime;
  }

  /** What was written of an entry. */
  record Written(long size, String sha256) {}

  /** Begins an entry; the one before must have ended. */
  Entry begin(String name) throws IOException {
    return new Entry(name);
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** An entry that is being written. */
  final class Entry extends OutputStream {
    private final byte[] name;
    private final long start;
    private final long dataStart;
    private final CRC32 crc = new CRC32();
    private final MessageDigest sha256 = Sha256.create();
    private long size;

    private Entry(String name) throws IOException {
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.start = out.position();
      deflater.reset();
      ZipFileWriter.write(out, header(0, 0));
      this.dataStart = out.position();
    }

    private ByteBuffer header(long compressed, long uncompressed) {
      ByteBuffer header = little(30 + name.length + 20);
      header.putInt(LOCAL_HEADER).putShort(VERSION_ZIP64).putShort(UTF_8).putShort(DEFLATED);
      header.putInt(dosTime).putInt((int) crc.getValue()).putInt(IN_EXTRA).putInt(IN_EXTRA);
      header.putShort((short) name.length).putShort((short) 20).put(name);
      header.putShort(EXTRA_ZIP64).putShort((short) 16);
      return header.putLong(uncompressed).putLong(compressed).flip();
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      crc.update(bytes, offset, length);
      sha256.update(bytes, offset, length);
      size += length;
      deflater.setInput(bytes, offset, length);
      while (!deflater.needsInput()) {
        deflate();
      }
    }

    private void deflate() throws IOException {
      int length = deflater.deflate(buffer);
      ZipFileWriter.write(out, ByteBuffer.wrap(buffer, 0, length));
    }

    Written end() throws IOException {
      deflater.finish();
      while (!deflater.finished()) {
        deflate();
      }
      long compressed = out.position() - dataStart;
      ByteBuffer header = header(compressed, size);
      for (long at = start; header.hasRemaining(); ) {
        at += out.write(header, at);
      }
      list(compressed);
      return new Written(size, HexFormat.of().formatHex(sha256.digest()));
    }

    private void list(long compressed) throws IOException {
      ByteBuffer line = little(46 + name.length + 28);
      line.putInt(DIRECTORY_HEADER).putShort(MADE_ON_UNIX).putShort(VERSION_ZIP64);
      line.putShort(UTF_8).putShort(DEFLATED).putInt(dosTime).putInt((int) crc.getValue());
      line.putInt(IN_EXTRA).putInt(IN_EXTRA).putShort((short) name.length).putShort((short) 28);
      line.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(REGULAR_FILE);
      line.putInt(IN_EXTRA).put(name).putShort(EXTRA_ZIP64).putShort((short) 24);
      line.putLong(size).putLong(compressed).putLong(start).flip();
      if (directoryBuffer.remaining() < line.remaining()) {
        flushDirectory();
      }
      directoryBuffer.put(line);
      entries++;
    }
  }

  private void flushDirectory() throws IOException {
    write(directory, directoryBuffer.flip());
    directoryBuffer.clear();
  }

  /** Writes what comes after the last entry. */
  void finish() throws IOException {
    flushDirectory();
    long start = out.position();
    long length = directory.position();
    for (long at = 0; at < length; ) {
      at += directory.transferTo(at, length - at, out);
    }
    ByteBuffer end = little(56 + 20 + 22);
    end.putInt(DIRECTORY_END_64).putLong(44).putShort(MADE_ON_UNIX).putShort(VERSION_ZIP64);
    end.putInt(0).putInt(0).putLong(entries).putLong(entries).putLong(length).putLong(start);
    end.putInt(DIRECTORY_LOCATOR_64).putInt(0).putLong(start + length).putInt(1);
    end.putInt(DIRECTORY_END).putInt(0).putShort((short) -1).putShort((short) -1);
    end.putInt(IN_EXTRA).putInt(IN_EXTRA).putShort((short) 0).flip();
    write(out, end);
  }

  @Override
  public void close() {
    deflater.end();
  }
}
