package io.parley.adapter.vectorstore.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether the files of a directory can be gone on with. Whatever cannot is deleted, because
 * the log builds it again.
 */
final class IndexFiles {

  private static final Logger log = LoggerFactory.getLogger(IndexFiles.class);

  /** Bytes whose checksums are verified at the start, small files first: about half a second. */
  private static final long VERIFIED_BYTES = 512L << 20;

  private IndexFiles() {}

  /** The position of a sound index of this recipe; empty, and no files left, when there is none. */
  static Optional<IndexOrigin> soundOrCleared(Directory directory, String recipe)
      throws IOException {
    if (names(directory).isEmpty()) {
      return Optional.empty();
    }
    try {
      IndexOrigin origin = verified(directory);
      if (origin.recipe().equals(recipe)) {
        return Optional.of(origin);
      }
      log.warn("An index was made as {}, not as {}: it is built again.", origin.recipe(), recipe);
    } catch (IOException e) {
      if (!LuceneFailures.isDamage(e)) {
        throw e;
      }
      log.warn("An index is damaged ({}): it is built again.", e.toString());
    } catch (RuntimeException e) {
      log.warn("An index cannot be understood ({}): it is built again.", e.toString());
    }
    clear(directory);
    return Optional.empty();
  }

  /** Deletes every file of an index, the commit's first, so that no half of it is ever opened. */
  static void clear(Directory directory) throws IOException {
    List<String> names = names(directory);
    names.sort(Comparator.comparing(name -> !name.startsWith(IndexFileNames.SEGMENTS)));
    for (String name : names) {
      directory.deleteFile(name);
    }
  }

  /** Where an open directory lies; null when that is not on a disk. */
  static @Nullable Path pathOf(Directory directory) {
    return FilterDirectory.unwrap(directory) instanceof FSDirectory files
        ? files.getDirectory()
        : null;
  }

  /** Removes the directory of an index that was cleared and closed. */
  static void removeEmptied(@Nullable Path directory) throws IOException {
    if (directory != null) {
      Files.deleteIfExists(directory.resolve(FollowedIndex.LOCK));
      Files.deleteIfExists(directory.resolve(IndexWriter.WRITE_LOCK_NAME));
      Files.deleteIfExists(directory);
    }
  }

  private static IndexOrigin verified(Directory directory) throws IOException {
    for (String name : names(directory)) {
      if (describesSegments(name)) {
        verify(directory, name, true); // before numbers in it are believed
      }
    }
    SegmentInfos infos = SegmentInfos.readLatestCommit(directory);
    IndexOrigin origin = IndexOrigin.read(infos.getUserData());
    verify(directory, infos, VERIFIED_BYTES);
    DirectoryReader.open(directory).close();
    return origin;
  }

  private static boolean describesSegments(String name) {
    return name.startsWith(IndexFileNames.SEGMENTS) || name.endsWith(".si");
  }

  /**
   * Compares all that a reader sees with its checksums, however large it is.
   *
   * @throws IOException when something is damaged
   */
  static void verifyAll(IndexReader reader) throws IOException {
    for (LeafReaderContext leaf : reader.leaves()) {
      leaf.reader().checkIntegrity();
    }
  }

  /**
   * Makes sure that every file of the last commit is there with its end. Nobody may commit
   * meanwhile.
   *
   * @throws IOException when one is not
   */
  static void requireEveryFile(Directory directory) throws IOException {
    verify(directory, SegmentInfos.readLatestCommit(directory), 0);
  }

  private static void verify(Directory directory, SegmentInfos infos, long budget)
      throws IOException {
    List<String> files = new ArrayList<>(infos.files(true));
    files.sort(Comparator.comparingLong(name -> length(directory, name)));
    long left = budget;
    for (String name : files) {
      left -= length(directory, name);
      verify(directory, name, left >= 0);
    }
  }

  private static void verify(Directory directory, String name, boolean whole) throws IOException {
    try (IndexInput input = directory.openInput(name, IOContext.READONCE)) {
      if (whole) {
        CodecUtil.checksumEntireFile(input);
      } else {
        CodecUtil.retrieveChecksum(input);
      }
    }
  }

  private static long length(Directory directory, String name) {
    try {
      return directory.fileLength(name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Directory directory) throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : all(directory)) {
      if (!name.equals(FollowedIndex.LOCK) && !name.equals(IndexWriter.WRITE_LOCK_NAME)) {
        names.add(name);
      }
    }
    return names;
  }

  private static String[] all(Directory directory) throws IOException {
    try {
      return directory.listAll();
    } catch (NoSuchFileException e) {
      return new String[0]; // somebody has removed the directory
    }
  }
}
