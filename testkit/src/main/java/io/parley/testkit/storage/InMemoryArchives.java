package io.parley.testkit.storage;

import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.transfer.ArchiveItem;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.Manifest;
import io.parley.domain.transfer.Section;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Archives on the heap, by the path that they would have, for tests. */
public final class InMemoryArchives implements Archives {
  private final Map<Path, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(Manifest manifest, List<Piece> pieces) {}

  /** What was written, in its order. */
  private sealed interface Piece {
    record Begun(Section section) implements Piece {}

    record Said(ArchiveLine line) implements Piece {}

    @SuppressWarnings("ArrayRecordComponent") // kept, never compared
    record Bytes(VersionRef ref, byte[] content) implements Piece {}
  }

  /** Whether there is an archive. */
  public boolean holds(Path file) {
    return kept.containsKey(file);
  }

  @Override
  public Outgoing create(Path file, Manifest manifest, boolean replace) {
    if (!replace && kept.containsKey(file)) {
      throw new PortFailure(
          PortFailure.Kind.INVALID_CONFIGURATION, "memory", file + " exists already.", null);
    }
    return new Written(file, manifest);
  }

  @Override
  public Incoming open(Path file) {
    Kept archive = kept.get(file);
    if (archive == null) {
      throw new PortFailure(
          PortFailure.Kind.INVALID_CONFIGURATION, "memory", "There is no " + file + ".", null);
    }
    return new Read(archive);
  }

  private final class Written implements Outgoing {
    private final Path file;
    private final Manifest manifest;
    private final List<Piece> pieces = new ArrayList<>();

    Written(Path file, Manifest manifest) {
      this.file = file;
      this.manifest = manifest;
    }

    @Override
    public void begin(Section section) {
      pieces.add(new Piece.Begun(section));
    }

    @Override
    public void add(ArchiveLine line) {
      pieces.add(new Piece.Said(line));
    }

    @Override
    public void add(VersionRef ref, InputStream content) {
      try {
        pieces.add(new Piece.Bytes(ref, content.readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public long finish() {
      kept.put(file, new Kept(manifest, List.copyOf(pieces)));
      return pieces.size();
    }

    @Override
    public void close() {
      // What was not finished is forgotten.
    }
  }

  private static final class Read implements Incoming {
    private final Kept archive;
    private final Iterator<Piece> pieces;
    private int number;

    Read(Kept archive) {
      this.archive = archive;
      this.pieces = archive.pieces().iterator();
    }

    @Override
    public Manifest manifest() {
      return archive.manifest();
    }

    @Override
    public Optional<ArchiveItem> next() {
      if (!pieces.hasNext()) {
        return Optional.empty();
      }
      number++;
      return Optional.of(
          switch (pieces.next()) {
            case Piece.Begun(Section section) -> new ArchiveItem.Begin(section);
            case Piece.Said(ArchiveLine line) -> new ArchiveItem.Line(line);
            case Piece.Bytes(VersionRef ref, byte[] content) ->
                new ArchiveItem.OriginalFile(ref, new ByteArrayInputStream(content));
          });
    }

    @Override
    public String place() {
      return "item " + number;
    }

    @Override
    public double share() {
      return archive.pieces().isEmpty() ? 1 : (double) number / archive.pieces().size();
    }

    @Override
    public void close() {
      // Holds nothing that has to be closed.
    }
  }
}
