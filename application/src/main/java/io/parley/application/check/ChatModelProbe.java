package io.parley.application.check;

import static io.parley.application.check.CheckFailed.unless;

import io.parley.domain.conversation.Passage;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.ChatRequest.Said;
import io.parley.domain.port.ai.ChatRequest.Speaker;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.domain.retrieval.SearchHit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries a chat model: its first words are enough. */
public final class ChatModelProbe implements Probe {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String QUESTION = "Who keeps the lighthouse of Skerry Point?";
  private static final String TEXT = "The keeper of the lighthouse of Skerry Point is Ada Brandt.";

  private final Subject subject;
  private final IdSource ids;
  private final Supplier<ChatModel> opener;
  private @Nullable ChatModel opened;

  public ChatModelProbe(Subject subject, IdSource ids, Supplier<ChatModel> opener) {
    this.subject = subject;
    this.ids = ids;
    this.opener = opener;
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public List<Check> checks() {
    return List.of(Check.of("first words", LIMIT, this::firstWords));
  }

  /** The call ends as soon as something has come: what is said after it would only cost. */
  private Verdict firstWords() {
    ChatModel model = opener.get();
    opened = model;
    StringBuilder said = new StringBuilder();
    long begun = System.nanoTime();
    ChatCompletion completion =
        model.complete(request(), said::append, () -> !said.toString().isBlank());
    unless(
        !said.toString().isBlank() && completion.finish() != ChatCompletion.Finish.NOTHING_FOUND,
        "The model ended without a word.");
    return Verdict.passed((System.nanoTime() - begun) / 1_000_000 + " ms");
  }

  private ChatRequest request() {
    return new ChatRequest(
        List.of(
            new Said(
                Speaker.SYSTEM, "Answer with one short sentence from the passages.\n[1] " + TEXT),
            new Said(Speaker.USER, QUESTION)),
        QUESTION,
        List.of(passage()),
        0);
  }

  private Passage passage() {
    VersionRef ref = new VersionRef(new SourceId(ids.next()), 1);
    Chunk chunk =
        new Chunk(ChunkId.of(ref, 0), ref, 0, 1, new TextSpan(0, TEXT.length()), null, TEXT);
    FoundChunk found =
        new FoundChunk(
            chunk, SourceType.DOCUMENT, new DocumentName("check.txt"), null, Metadata.EMPTY);
    return new Passage(1, new SearchHit(found, 1, 1.0));
  }

  @Override
  public List<String> cleanUp() {
    Optional.ofNullable(opened).ifPresent(ChatModel::close);
    return List.of();
  }
}
