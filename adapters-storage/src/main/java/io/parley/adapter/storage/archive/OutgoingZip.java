package io.parley.adapter.storage.archive;

import io.parley.domain.document.VersionRef;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.Manifest;
import io.parley.domain.transfer.Section;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** An archive that is being written. For one thread. */
final class OutgoingZip implements Archives.Outgoing {
  private static final int BUFFER = 64 * 1024;

  private final ArchiveFailures failures;
  private final PartialFile file;
  private final FileChannel sums;
  private final FileChannel directory;
  private final ZipFileWriter zip;
  private @Nullable String name;
  private ZipFileWriter.@Nullable Entry entry;
  private @Nullable OutputStream lines;

  private OutgoingZip(
      ArchiveFailures failures, PartialFile file, FileChannel sums, FileChannel directory, int at) {
    this.failures = failures;
    this.file = file;
    this.sums = sums;
    this.directory = directory;
    this.zip = new ZipFileWriter(file.channel(), directory, at);
  }

  static OutgoingZip create(Path path, Manifest manifest, boolean replace) {
    Path target = path.toAbsolutePath();
    ArchiveFailures failures = new ArchiveFailures(target);
    try {
      PartialFile file = PartialFile.create(target, replace);
      try {
        return begun(failures, file, manifest);
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    } catch (IOException e) {
      throw failures.writing(e);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // closed with the archive
  private static OutgoingZip begun(ArchiveFailures failures, PartialFile file, Manifest manifest)
      throws IOException {
    OutgoingZip archive =
        new OutgoingZip(
            failures, file, file.scratch(), file.scratch(), dosTime(manifest.createdAt()));
    archive.begin(EntryNames.MANIFEST);
    LineWriter.write(manifest, archive.lines());
    archive.end();
    return archive;
  }

  /** Seconds by twos, years from 1980, as ZIP has them. */
  private static int dosTime(Instant instant) {
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    int year = Math.clamp(time.getYear() - 1980L, 0, 127);
    int date = year << 9 | time.getMonthValue() << 5 | time.getDayOfMonth();
    return date << 16 | time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2;
  }

  private OutputStream lines() {
    if (lines == null) {
      throw new IllegalStateException("A line stands in a section.");
    }
    return lines;
  }

  private void begin(String next) throws IOException {
    end();
    ZipFileWriter.Entry begun = zip.begin(next);
    name = next;
    entry = begun;
    lines = new BufferedOutputStream(begun, BUFFER);
  }

  private void end() throws IOException {
    if (entry == null) {
      return;
    }
    lines().flush();
    ZipFileWriter.Written written = entry.end();
    byte[] line = (written.sha256() + "  " + name + "\n").getBytes(StandardCharsets.UTF_8);
    for (ByteBuffer bytes = ByteBuffer.wrap(line); bytes.hasRemaining(); ) {
      sums.write(bytes);
    }
    entry = null;
    lines = null;
  }

  @Override
  public void begin(Section section) {
    try {
      begin(EntryNames.of(section));
    } catch (IOException e) {
      throw failures.writing(e);
    }
  }

  @Override
  public void add(ArchiveLine line) {
    try {
      LineWriter.write(line, lines());
    } catch (IOException e) {
      throw failures.writing(e);
    }
  }

  @Override
  public void add(VersionRef ref, InputStream content) {
    try {
      begin(EntryNames.of(ref));
      byte[] buffer = new byte[BUFFER];
      for (int read = next(content, buffer); read >= 0; read = next(content, buffer)) {
        lines().write(buffer, 0, read);
      }
      end();
    } catch (IOException e) {
      throw failures.writing(e);
    }
  }

  private static int next(InputStream content, byte[] buffer) {
    try {
      return content.read(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long finish() {
    try {
      end();
      ZipFileWriter.Entry last = zip.begin(EntryNames.SUMS);
      sums.position(0);
      Channels.newInputStream(sums).transferTo(last);
      last.end();
      zip.finish();
      long size = file.channel().size();
      file.finish();
      return size;
    } catch (IOException e) {
      throw failures.writing(e);
    }
  }

  @Override
  public void close() {
    zip.close();
    try (file;
        sums;
        directory) {
      entry = null;
    } catch (IOException e) {
      throw failures.writing(e);
    }
  }
}
