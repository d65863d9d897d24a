package io.parley.adapter.storage.filesystem;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.Portion;
import io.parley.domain.port.storage.BlobInventory.StoredBlob;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lists files in the order of their names, folder by folder. Of a folder with many names only some
 * are held at a time, and the folder is read again for the next.
 */
final class StoredFiles {
  private static final Path FOLDER = Path.of("documents");
  private static final int NAMES_HELD = 1_000;
  private static final String UUID_TEXT =
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Pattern OURS =
      Pattern.compile(UUID_TEXT + "/(" + UUID_TEXT + ")/(?:v([1-9][0-9]{0,8})/)?[^/]+");

  private final Path root;

  /**
   * @param root a real path
   */
  StoredFiles(Path root) {
    this.root = root.resolve(FOLDER);
  }

  /**
   * @param from the place after which to begin
   */
  Portion<StoredBlob> after(@Nullable String from, int limit) throws IOException {
    List<StoredBlob> found = new ArrayList<>();
    List<String> start = from == null ? List.of() : Arrays.asList(from.split("/", -1));
    walk(Path.of(""), start, limit, found);
    return new Portion<>(found, found.size() < limit ? null : found.getLast().place());
  }

  /** Where a listed file lies, below the root of the store. */
  static Path relative(StoredBlob blob) {
    return FOLDER.resolve(blob.place());
  }

  /** The place of a file of the store. */
  static String place(Path relative) {
    return FOLDER.relativize(relative).toString().replace('\\', '/');
  }

  /** As it is listed; absent when it is gone. */
  @Nullable StoredBlob at(String place) throws IOException {
    try {
      return stored(place, root.resolve(place));
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private void walk(Path folder, List<String> start, int limit, List<StoredBlob> found)
      throws IOException {
    String first = start.isEmpty() ? "" : start.getFirst();
    boolean including = start.size() > 1;
    for (List<String> names = names(folder, first, including);
        !names.isEmpty() && found.size() < limit;
        names = names(folder, names.getLast(), false)) {
      for (String name : names) {
        if (found.size() < limit) {
          boolean isStart = including && name.equals(first);
          visit(
              folder.resolve(name),
              isStart ? start.subList(1, start.size()) : List.of(),
              limit,
              found);
        }
      }
    }
  }

  private void visit(Path relative, List<String> start, int limit, List<StoredBlob> found)
      throws IOException {
    Path path = root.resolve(relative);
    try {
      if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
        walk(relative, start, limit, found);
      } else if (start.isEmpty()) {
        found.add(stored(relative.toString().replace('\\', '/'), path));
      }
    } catch (NoSuchFileException e) {
      // Gone meanwhile.
    }
  }

  private static StoredBlob stored(String place, Path path) throws IOException {
    BasicFileAttributes file =
        Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
    VersionRef ref = file.isRegularFile() ? ref(place) : null;
    return new StoredBlob(place, ref, file.lastModifiedTime().toInstant());
  }

  private static @Nullable VersionRef ref(String place) {
    Matcher ours = OURS.matcher(place);
    if (!ours.matches()) {
      return null;
    }
    String version = ours.group(2);
    SourceId source = new SourceId(UUID.fromString(ours.group(1)));
    return new VersionRef(source, version == null ? 1 : Integer.parseInt(version));
  }

  /** The next names in their order, at most {@link #NAMES_HELD}. */
  private List<String> names(Path folder, String from, boolean including) throws IOException {
    TreeSet<String> next = new TreeSet<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root.resolve(folder))) {
      for (Path path : all) {
        String name = path.getFileName().toString();
        int order = name.compareTo(from);
        if (order > 0 || (including && order == 0)) {
          next.add(name);
          if (next.size() > NAMES_HELD) {
            next.removeLast();
          }
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return List.copyOf(next);
  }
}
