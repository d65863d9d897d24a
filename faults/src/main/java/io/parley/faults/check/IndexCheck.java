package io.parley.faults.check;

import io.parley.faults.ledger.Canary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** Each index holds every chunk of every serving version exactly once, and nothing else. */
final class IndexCheck {
  private final Map<UUID, ServingChunk> expected;
  private final Set<String> erased;
  private final long head;
  private final Findings findings;

  /**
   * @param erased words that must not be found any more
   * @param head the last position of the log
   */
  IndexCheck(List<ServingChunk> serving, Set<String> erased, long head, Findings findings) {
    // Where two generations serve, which the rows' check says, a chunk is read for each of them.
    this.expected =
        serving.stream()
            .collect(Collectors.toMap(ServingChunk::id, Function.identity(), (first, _) -> first));
    this.erased = erased;
    this.head = head;
    this.findings = findings;
    serving.stream()
        .filter(chunk -> !chunk.id().equals(chunk.rightId()))
        .forEach(chunk -> findings.violation("a chunk has a wrong id", chunk.toString()));
    findings.count("serving chunks", expected.size());
  }

  void vectors(Path directory) throws IOException {
    IndexedChunks indexed = IndexedChunks.read(directory);
    same("vectors", indexed);
    for (ServingChunk chunk : expected.values()) {
      float[] vector = indexed.vectors().get(chunk.id());
      if (vector != null && !chunk.hasVector(vector)) {
        findings.violation("a vector is not the embedding that is kept", chunk.toString());
      }
    }
  }

  void words(Path directory) throws IOException {
    IndexedChunks indexed = IndexedChunks.read(directory);
    same("words", indexed);
    for (ServingChunk chunk : expected.values()) {
      Matcher canary = Canary.PATTERN.matcher(chunk.content());
      if (canary.find()
          && !indexed.canaries().getOrDefault(canary.group(), Set.of()).contains(chunk.id())) {
        findings.violation("a chunk is not found by its words", chunk.toString());
      }
    }
    indexed.canaries().keySet().stream()
        .filter(erased::contains)
        .forEach(word -> findings.violation("an erased word is in the index", word));
    findings.count(
        "erased words in unmerged parts of the index, which no search finds",
        indexed.deletedCanaries().stream().filter(erased::contains).count());
  }

  private void same(String index, IndexedChunks indexed) {
    if (indexed.position() != head) {
      findings.violation(
          "an index has not followed the log, the " + index, indexed.position() + " of " + head);
    }
    Set<UUID> seen = new HashSet<>();
    for (UUID id : indexed.ids()) {
      if (!seen.add(id)) {
        findings.violation("a chunk is twice in the " + index, id.toString());
      }
      if (!expected.containsKey(id)) {
        findings.violation("a chunk too many is in the " + index, id.toString());
      }
    }
    expected.values().stream()
        .filter(chunk -> !seen.contains(chunk.id()))
        .forEach(
            chunk -> findings.violation("a chunk is missing from the " + index, chunk.toString()));
  }
}
