package io.parley.application.transfer;

import io.parley.domain.document.PageText;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pages and chunks of a document, in portions, of which nothing is missing and nothing is too
 * much. For one thread.
 */
final class ArchivedTexts {
  private static final int MOST = 100;
  private static final int MOST_CHARACTERS = 1_000_000;

  /** What a block takes in memory, as characters. */
  private static final int BLOCK = 32;

  private final ArchiveItems items;
  private final List<ArchivedVersion> versions;
  private int current;
  private int pages;
  private int chunks;
  private ArchivedPages held = new ArchivedPages();
  private @Nullable StoredPages stored;

  /** Reads pages that were stored. */
  @FunctionalInterface
  interface StoredPages {
    String text(VersionRef ref, int number);
  }

  /** Either pages or chunks of one version. */
  record Portion(VersionRef ref, List<PageText> pages, List<ArchivedChunk> chunks) {}

  ArchivedTexts(ArchiveItems items, List<ArchivedVersion> versions) {
    this.items = items;
    this.versions = versions.stream().filter(ArchivedVersion::hasText).toList();
  }

  /** Says where each portion is stored before the next one is asked for. */
  void areStoredIn(StoredPages pagesThere) {
    stored = pagesThere;
  }

  /** The next portion; empty when all were read. */
  Optional<Portion> next() {
    Optional<Portion> portion =
        switch (items.peekLine()) {
          case ArchiveLine.OfPage(VersionRef ref, PageText _) -> Optional.of(pagesOf(ref));
          case ArchiveLine.OfChunk(ArchivedChunk chunk) ->
              Optional.of(chunksOf(chunk.chunk().ref()));
          case null, default -> Optional.empty();
        };
    if (portion.isEmpty()) {
      while (current < versions.size()) {
        requireWhole();
        forward();
      }
    }
    return portion;
  }

  /** Reads what is left, and looks at it no less. */
  void skip() {
    for (Optional<Portion> some = next(); some.isPresent(); some = next()) {
      // Only its order matters.
    }
  }

  private void forward() {
    current++;
    pages = 0;
    chunks = 0;
    held = new ArchivedPages();
  }

  private void requireWhole() {
    ArchivedVersion version = versions.get(current);
    if (pages != version.pages() || chunks != version.chunks()) {
      throw notWhole(version);
    }
  }

  private PortFailure notWhole(ArchivedVersion version) {
    return ArchiveDamage.at(
        items.place(),
        "version " + version.ref().version() + " has not the pages and chunks that it should");
  }

  /** Goes on to a version, when what comes before it is whole. */
  private ArchivedVersion at(VersionRef ref) {
    while (current < versions.size() && !versions.get(current).ref().equals(ref)) {
      requireWhole();
      forward();
    }
    if (current == versions.size()) {
      throw items.unfit("the line is of a version that has no text here");
    }
    return versions.get(current);
  }

  private Portion pagesOf(VersionRef ref) {
    ArchivedVersion version = at(ref);
    List<PageText> some = new ArrayList<>();
    long characters = 0;
    while (some.size() < MOST
        && characters < MOST_CHARACTERS
        && items.peekLine() instanceof ArchiveLine.OfPage(VersionRef of, PageText page)
        && of.equals(ref)) {
      if (chunks > 0 || page.number() != pages + 1 || page.number() > version.pages()) {
        throw items.unfit("the page is not the next one of its version");
      }
      if (!held.add(page)) {
        throw items.unfit("a version has at most " + ArchivedPages.MOST + " pages");
      }
      pages++;
      characters += size(page);
      some.add(page);
      items.take();
    }
    return new Portion(ref, some, List.of());
  }

  private static long size(PageText page) {
    return (long) page.text().length()
        + (long) BLOCK * page.blocks().size()
        + (page.label() == null ? 0 : page.label().length());
  }

  /** A number of an embedding takes as much as two characters. */
  private static long size(ArchivedChunk chunk) {
    String context = chunk.chunk().context();
    long numbers = chunk.embeddings().values().stream().mapToLong(v -> v.length).sum();
    return chunk.chunk().content().length()
        + 2 * numbers
        + (context == null ? 0 : context.length());
  }

  private Portion chunksOf(VersionRef ref) {
    ArchivedVersion version = at(ref);
    if (pages != version.pages()) {
      throw notWhole(version);
    }
    List<ArchivedChunk> some = new ArrayList<>();
    long characters = 0;
    while (some.size() < MOST
        && characters < MOST_CHARACTERS
        && items.peekLine() instanceof ArchiveLine.OfChunk(ArchivedChunk chunk)
        && chunk.chunk().ref().equals(ref)) {
      int page = chunk.chunk().page();
      if (chunk.chunk().ordinal() != chunks || chunks >= version.chunks()) {
        throw items.unfit("the chunk is not the next one of its version");
      }
      if (page < 1 || page > version.pages()) {
        throw items.unfit("the chunk is on a page that is not there");
      }
      StoredPages again = stored;
      if (!held.say(chunk.chunk(), again == null ? null : number -> again.text(ref, number))) {
        throw items.unfit("the chunk does not say what its page says");
      }
      chunks++;
      characters += size(chunk);
      some.add(chunk);
      items.take();
    }
    return new Portion(ref, List.of(), some);
  }
}
