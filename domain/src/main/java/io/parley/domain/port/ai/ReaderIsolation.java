package io.parley.domain.port.ai;

import java.util.List;
import java.util.Set;

/**
 * How far what reads files is kept apart, as it was found when it was tried.
 *
 * @param ownProcess whether files are read in another process than the caller's
 * @param namespace whether that process has a network of its own with nothing in it; else it only
 *     refuses to make sockets and to resolve names
 * @param ways by which it reached out all the same; none is right
 * @param inherited names of the caller's environment variables that it sees; none is right
 * @param heapMegabytes how much memory it may take for objects
 */
public record ReaderIsolation(
    boolean ownProcess,
    boolean namespace,
    List<String> ways,
    Set<String> inherited,
    long heapMegabytes) {
  public ReaderIsolation {
    ways = List.copyOf(ways);
    inherited = Set.copyOf(inherited);
  }
}
