package io.parley.adapter.storage.archive;

import io.parley.adapter.storage.archive.EntryNames.Entry;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.transfer.ArchiveItem;
import io.parley.domain.transfer.Manifest;
import io.parley.domain.transfer.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An archive that is being read. For one thread. */
final class IncomingZip implements Archives.Incoming {
  private static final int LONGEST_MANIFEST = 64 * 1024;

  private final ArchiveFailures failures;
  private final ZipEntries entries;
  private final Manifest manifest;
  private @Nullable Section section;
  private @Nullable Lines lines;
  private String before = "";
  private boolean ended;

  private IncomingZip(ArchiveFailures failures, ZipEntries entries) {
    this.failures = failures;
    this.entries = entries;
    try {
      this.manifest = readManifest();
    } catch (IOException e) {
      throw entries.broken(e);
    }
  }

  static IncomingZip open(Path path) {
    ArchiveFailures failures = new ArchiveFailures(path.toAbsolutePath());
    try {
      ZipEntries entries = ZipEntries.open(path, failures);
      try {
        return new IncomingZip(failures, entries);
      } catch (RuntimeException e) {
        entries.close();
        throw e;
      }
    } catch (IOException e) {
      throw failures.opening(e);
    }
  }

  private Manifest readManifest() throws IOException {
    if (!EntryNames.MANIFEST.equals(entries.next())) {
      throw failures.noArchive();
    }
    byte[] text = entries.content().readNBytes(LONGEST_MANIFEST);
    Fields fields = checked(() -> Fields.of(text, text.length));
    if (!checked(() -> fields.text("format")).equals(LineReader.FORMAT)) {
      throw failures.noArchive();
    }
    long version = checked(() -> fields.number("version"));
    if (version < 1 || version > Manifest.VERSION) {
      throw failures.later(version);
    }
    return checked(() -> LineReader.manifest(fields));
  }

  private <T> T checked(Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException e) {
      throw failures.wrong(place(), String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public Optional<ArchiveItem> next() {
    if (ended) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(nextItem());
    } catch (UncheckedIOException e) {
      throw entries.broken(e);
    } catch (IOException e) {
      throw entries.broken(e);
    }
  }

  private @Nullable ArchiveItem nextItem() throws IOException {
    Lines current = lines;
    Section of = section;
    if (current != null && of != null) {
      int length = current.next();
      if (length >= 0) {
        return new ArchiveItem.Line(
            checked(() -> LineReader.line(Fields.of(current.bytes(), length), of)));
      }
    }
    return nextEntry();
  }

  private @Nullable ArchiveItem nextEntry() throws IOException {
    lines = null;
    section = null;
    return switch (inOrder()) {
      case Entry.Lines(Section next) -> {
        section = next;
        lines = new Lines(entries.content(), this::tooLong);
        yield new ArchiveItem.Begin(next);
      }
      case Entry.Bytes(var ref) -> new ArchiveItem.OriginalFile(ref, entries.content());
      case Entry.Sums _ -> {
        entries.compareSums();
        ended = true;
        yield null;
      }
    };
  }

  private PortFailure tooLong() {
    return failures.wrong(
        place(), "the line is longer than " + Archives.LONGEST_LINE + " bytes", null);
  }

  private Entry inOrder() throws IOException {
    String name = entries.next();
    if (name == null) {
      throw failures.noArchive();
    }
    Entry entry = EntryNames.read(name);
    if (entry == null) {
      throw failures.wrong(place(), "an archive has no such entry", null);
    }
    String place = EntryNames.place(entry);
    if (place.compareTo(before) <= 0) {
      throw failures.wrong(place(), "the entry is there twice, or in the wrong place", null);
    }
    before = place;
    return entry;
  }

  @Override
  public String place() {
    Lines current = lines;
    return current == null
        ? entries.name()
        : entries.name() + ", line " + Math.max(1, current.number());
  }

  @Override
  public double share() {
    return entries.share();
  }

  @Override
  public void close() {
    try {
      entries.close();
    } catch (IOException e) {
      throw failures.opening(e);
    }
  }

  /** The lines of an entry, one after another in the same bytes. */
  private static final class Lines {
    private static final int START = 8_192;

    private final InputStream content;
    private final Supplier<PortFailure> tooLong;
    private byte[] bytes = new byte[START];
    private long number;

    Lines(InputStream content, Supplier<PortFailure> tooLong) {
      this.content = content;
      this.tooLong = tooLong;
    }

    byte[] bytes() {
      return bytes;
    }

    long number() {
      return number;
    }

    /** The length of the next one; negative at the end. */
    int next() throws IOException {
      number++;
      int length = 0;
      for (int read = content.read(); read != '\n'; read = content.read()) {
        if (read < 0) {
          return length == 0 ? -1 : length;
        }
        if (length == Archives.LONGEST_LINE) {
          throw tooLong.get();
        }
        if (length == bytes.length) {
          bytes = Arrays.copyOf(bytes, Math.min(2 * length, Archives.LONGEST_LINE));
        }
        bytes[length++] = (byte) read;
      }
      return length;
    }
  }
}
