package io.parley.domain.port.storage;

import io.parley.domain.document.VersionRef;
import io.parley.domain.transfer.ArchiveItem;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.Manifest;
import io.parley.domain.transfer.Section;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Archives as files. What is wrong with a file, or with the disk, is a {@link
 * io.parley.domain.port.PortFailure} whose sentence says where.
 */
public interface Archives {

  /** The longest line of an archive, in bytes. */
  int LONGEST_LINE = 64 * 1024 * 1024;

  /**
   * Begins an archive. Nothing is at its place before it is finished.
   *
   * @param replace whether a file that is there is replaced then; without it, it is refused now
   *     with {@code INVALID_CONFIGURATION}
   */
  Outgoing create(Path file, Manifest manifest, boolean replace);

  /** Opens an archive; {@code CORRUPT_DATA} when it is none, or of a later format. */
  Incoming open(Path file);

  /** An archive that is being written. Sections and files must come in the order of both. */
  interface Outgoing extends AutoCloseable {

    /** Begins a section. */
    void begin(Section section);

    /** Adds a line to the section. */
    void add(ArchiveLine line);

    /**
     * Adds the bytes of a version, and ends the section at hand. What goes wrong with the stream
     * comes through as it is.
     */
    void add(VersionRef ref, InputStream content);

    /**
     * Ends the archive, and puts it in its place, durably.
     *
     * @return its bytes
     */
    long finish();

    /** Without {@link #finish}, nothing is left. */
    @Override
    void close();
  }

  /** An archive that is being read, from its beginning to its end, in bounded memory. */
  interface Incoming extends AutoCloseable {

    Manifest manifest();

    /**
     * The next item; empty after the last, once the checksums of all were compared.
     *
     * @throws io.parley.domain.port.PortFailure {@code CORRUPT_DATA}, naming entry and line
     */
    Optional<ArchiveItem> next();

    /** Where the last item stands, for people: the entry, and the line where it has some. */
    String place();

    /** How much of the file was read, 0–1. */
    double share();

    @Override
    void close();
  }
}
