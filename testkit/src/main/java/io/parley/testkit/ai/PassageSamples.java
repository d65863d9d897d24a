package io.parley.testkit.ai;

import io.parley.domain.conversation.Passage;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.ChatRequest.Said;
import io.parley.domain.port.ai.ChatRequest.Speaker;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.domain.retrieval.SearchHit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Passages made by hand, and requests over them. */
public final class PassageSamples {
  private static final Pattern SENTENCE = Pattern.compile("(?s)\\s*(.+?) ?\\[(\\d+)]");
  private static final SourceId SOURCE = new SourceId(new UUID(20, 26));

  private static final List<Passage> LIGHTHOUSE =
      passages(
          "The lighthouse at Corran Head was lit in 1871.\nIt stands 38 metres above the sea. Its first"
              + " keeper was Agnes Tolliver.",
          "The lighthouse keeper Agnes Tolliver kept a goat. Agnes Tolliver was the first keeper of the"
              + " lighthouse until 1889.");

  /** A question that two sentences of its passages answer. */
  public static final ChatRequest ANSWERED =
      request("Who was the first keeper of the lighthouse?", LIGHTHOUSE);

  /** A question about something else. */
  public static final ChatRequest UNANSWERED =
      request("Which enzyme splits sugar in the pancreas?", LIGHTHOUSE);

  /** A question without passages. */
  public static final ChatRequest EMPTY =
      request("Who was the first keeper of the lighthouse?", List.of());

  private PassageSamples() {}

  /** A request whose prompt is the question alone. */
  public static ChatRequest request(String question, List<Passage> passages) {
    return new ChatRequest(List.of(new Said(Speaker.USER, question)), question, passages, 0.7);
  }

  /** Passages of one document, numbered from 1, one chunk each on a page of its own, best first. */
  public static List<Passage> passages(String... contents) {
    List<Passage> passages = new ArrayList<>();
    VersionRef ref = new VersionRef(SOURCE, 1);
    int start = 0;
    for (String content : contents) {
      int ordinal = passages.size();
      TextSpan span = new TextSpan(start, start + content.length());
      Chunk chunk =
          new Chunk(ChunkId.of(ref, ordinal), ref, ordinal, ordinal + 1, span, null, content);
      FoundChunk found =
          new FoundChunk(
              chunk, SourceType.DOCUMENT, DocumentName.of("notes.txt"), null, Metadata.EMPTY);
      passages.add(new Passage(ordinal + 1, new SearchHit(found, 1.0 / (ordinal + 1))));
      start = span.end() + 1;
    }
    return List.copyOf(passages);
  }

  /**
   * Fails unless the answer consists of sentences that stand in the passage whose number follows
   * them, white space apart.
   */
  public static void requireVerbatim(String answer, List<Passage> passages) {
    int end = 0;
    for (MatchResult match : SENTENCE.matcher(answer).results().toList()) {
      String passage = passages.get(Integer.parseInt(match.group(2)) - 1).text();
      if (match.start() != end || !spaced(passage).contains(spaced(match.group(1)))) {
        throw new AssertionError("Not in passage " + match.group(2) + ": " + match.group(1));
      }
      end = match.end();
    }
    if (end != answer.length() || end == 0) {
      throw new AssertionError("The answer ends without a marker: " + answer.substring(end));
    }
  }

  private static String spaced(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
