package io.parley.adapter.storage.archive;

import io.parley.adapter.storage.digest.Sha256;
import io.parley.domain.port.PortFailure;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a ZIP file as they stand in it, one after another. What the directory at its end
 * says is not believed, nor any size; names stay texts. Checksums are written down as the entries
 * are read, and compared with the archive's own at the end.
 */
final class ZipEntries implements AutoCloseable {
  private static final int END_OF_DIRECTORY = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int BUFFER = 64 * 1024;
  private static final int LONGEST_NAME = 200;

  private final ArchiveFailures failures;
  private final FileChannel file;
  private final long size;
  private final FileChannel sums;
  private final ZipInputStream zip;
  private @Nullable MessageDigest digest;
  private InputStream content = InputStream.nullInputStream();
  private String name = "its beginning";

  private ZipEntries(ArchiveFailures failures, FileChannel file, FileChannel sums)
      throws IOException {
    this.failures = failures;
    this.file = file;
    this.size = file.size();
    this.sums = sums;
    this.zip = new ZipInputStream(new BufferedInputStream(Channels.newInputStream(file), BUFFER));
  }

  static ZipEntries open(Path path, ArchiveFailures failures) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    try {
      requireWhole(file, failures);
      Path scratch = Files.createTempFile("parley-import-", ".sums");
      return new ZipEntries(
          failures,
          file,
          FileChannel.open(
              scratch,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** A file that was cut off has no directory at its end. */
  private static void requireWhole(FileChannel file, ArchiveFailures failures) throws IOException {
    ByteBuffer end = ByteBuffer.allocate(END_OF_DIRECTORY).order(ByteOrder.LITTLE_ENDIAN);
    long start = file.size() - END_OF_DIRECTORY;
    while (start >= 0 && end.hasRemaining() && file.read(end, start + end.position()) > 0) {
      // until it is full
    }
    if (end.hasRemaining() || end.getInt(0) != END_SIGNATURE) {
      throw failures.noArchive();
    }
  }

  /** Goes to the next entry, and says its name; null behind the last. */
  @Nullable String next() throws IOException {
    endEntry();
    ZipEntry entry;
    try {
      entry = zip.getNextEntry();
    } catch (IllegalArgumentException e) {
      throw failures.wrong("the entry after " + name, "its name is no text", e);
    }
    if (entry == null) {
      return null;
    }
    name = shown(entry.getName());
    MessageDigest fresh = Sha256.create();
    digest = fresh;
    content = new Entry(new BufferedInputStream(new DigestInputStream(zip, fresh), BUFFER));
    return entry.getName();
  }

  /** Of a name that may be anything: no line ends, and not too long. */
  private static String shown(String name) {
    String start = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
    return start.replaceAll("\\p{Cntrl}", "?");
  }

  private void endEntry() throws IOException {
    MessageDigest ended = digest;
    if (ended == null) {
      return;
    }
    content.transferTo(OutputStream.nullOutputStream());
    digest = null;
    String line = HexFormat.of().formatHex(ended.digest()) + "  " + name + "\n";
    for (ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        bytes.hasRemaining(); ) {
      sums.write(bytes);
    }
  }

  /** The bytes of the entry. */
  InputStream content() {
    return content;
  }

  String name() {
    return name;
  }

  double share() {
    try {
      return size == 0 ? 1 : (double) file.position() / size;
    } catch (IOException e) {
      return 0;
    }
  }

  /** Compares the entry at hand, which holds the checksums of all before it, with what was read. */
  void compareSums() throws IOException {
    sums.position(0);
    BufferedReader read =
        new BufferedReader(
            new InputStreamReader(Channels.newInputStream(sums), StandardCharsets.UTF_8));
    for (String line = read.readLine(); line != null; line = read.readLine()) {
      byte[] expected = (line + "\n").getBytes(StandardCharsets.UTF_8);
      byte[] given = content.readNBytes(expected.length);
      if (!MessageDigest.isEqual(expected, given)) {
        String entry = line.substring(line.indexOf("  ") + 2);
        throw failures.wrong(entry, "its checksum is not the one in " + EntryNames.SUMS, null);
      }
    }
    if (content.read() >= 0) {
      throw failures.wrong(EntryNames.SUMS, "it names entries that are not there", null);
    }
    digest = null;
    if (zip.getNextEntry() != null) {
      throw failures.wrong(EntryNames.SUMS, "more entries follow it", null);
    }
  }

  PortFailure broken(Exception e) {
    return failures.wrong(name, "it cannot be unpacked", e);
  }

  @Override
  public void close() throws IOException {
    try (zip;
        sums) {
      content = InputStream.nullInputStream();
    }
  }

  /** What goes wrong with the archive's own bytes must not be taken for the reader's doing. */
  private final class Entry extends FilterInputStream {
    Entry(InputStream in) {
      super(in);
    }

    @Override
    public int read() {
      try {
        return super.read();
      } catch (IOException e) {
        throw broken(e);
      }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      try {
        return super.read(bytes, offset, length);
      } catch (IOException e) {
        throw broken(e);
      }
    }

    @Override
    public void close() {
      // The next entry is read from the same stream.
    }
  }
}
