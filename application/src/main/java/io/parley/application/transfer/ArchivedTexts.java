package io.parley.application.transfer;

import io.parley.domain.document.PageText;
import io.parley.domain.document.VersionRef;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pages and chunks of a document, in portions, of which nothing is missing and nothing is too
 * much. For one thread.
 */
final class ArchivedTexts {
  private static final int MOST = 100;
  private static final int MOST_CHARACTERS = 1_000_000;

  private final ArchiveItems items;
  private final List<ArchivedVersion> versions;
  private int current;
  private int pages;
  private int chunks;

  /** Either pages or chunks of one version. */
  record Portion(VersionRef ref, List<PageText> pages, List<ArchivedChunk> chunks) {}

  ArchivedTexts(ArchiveItems items, List<ArchivedVersion> versions) {
    this.items = items;
    this.versions = versions.stream().filter(ArchivedVersion::hasText).toList();
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
  }

  private void requireWhole() {
    ArchivedVersion version = versions.get(current);
    if (pages != version.pages() || chunks != version.chunks()) {
      throw ArchiveDamage.at(
          items.place(),
          "version " + version.ref().version() + " has not the pages and chunks that it should");
    }
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
    int characters = 0;
    while (some.size() < MOST
        && characters < MOST_CHARACTERS
        && items.peekLine() instanceof ArchiveLine.OfPage(VersionRef of, PageText page)
        && of.equals(ref)) {
      if (chunks > 0 || page.number() != pages + 1 || page.number() > version.pages()) {
        throw items.unfit("the page is not the next one of its version");
      }
      pages++;
      characters += page.text().length();
      some.add(page);
      items.take();
    }
    return new Portion(ref, some, List.of());
  }

  private Portion chunksOf(VersionRef ref) {
    ArchivedVersion version = at(ref);
    List<ArchivedChunk> some = new ArrayList<>();
    while (some.size() < MOST
        && items.peekLine() instanceof ArchiveLine.OfChunk(ArchivedChunk chunk)
        && chunk.chunk().ref().equals(ref)) {
      int page = chunk.chunk().page();
      if (chunk.chunk().ordinal() != chunks || chunks >= version.chunks()) {
        throw items.unfit("the chunk is not the next one of its version");
      }
      if (page < 1 || page > version.pages()) {
        throw items.unfit("the chunk is on a page that is not there");
      }
      chunks++;
      some.add(chunk);
      items.take();
    }
    return new Portion(ref, List.of(), some);
  }
}
