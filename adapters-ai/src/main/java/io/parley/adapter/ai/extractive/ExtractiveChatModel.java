package io.parley.adapter.ai.extractive;

import io.parley.domain.conversation.Passage;
import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatCompletion.Finish;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.retrieval.SearchHit;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Answers with at most three sentences of the passages, each followed by its passage's number such
 * as {@code [2]}, or says {@link Finish#NOTHING_FOUND}. It writes nothing of its own, needs no key,
 * and reads at most thirty sentences an answer. Questions in other languages than English are
 * answered by shared words and by what the embedder makes of them.
 */
public final class ExtractiveChatModel implements ChatModel {

  /** The name by which a bot chooses it. */
  public static final String NAME = "extractive";

  private final SentenceChooser chooser;
  private final BooleanSupplier hitsAreComparable;

  private ExtractiveChatModel(SentenceChooser chooser, BooleanSupplier hitsAreComparable) {
    this.chooser = chooser;
    this.hitsAreComparable = hitsAreComparable;
  }

  /**
   * A model that compares sentences by any embedder, and words as if they meant the same
   * everywhere. What is known of its answers was measured with the other one.
   *
   * @param embedder stays the caller's: closing the model leaves it open
   */
  public static ExtractiveChatModel open(Embedder embedder) {
    return open(embedder, new WordByWord(embedder));
  }

  /**
   * A model that has sentences read by what gives the vectors of their words, too, and does not
   * wait for the documents that are taken in.
   *
   * @param questions stays the caller's, like {@code sentences}
   * @param sentences of the same embedding model
   */
  public static ExtractiveChatModel open(Embedder questions, TextReader sentences) {
    return new ExtractiveChatModel(
        new SentenceChooser(questions, sentences, Weights.FITTED), () -> true);
  }

  /**
   * The same model for passages that were found with another embedding model: what their search
   * made of them is not comparable, so that they are embedded here, too.
   */
  public ExtractiveChatModel forForeignHits() {
    return forHits(() -> false);
  }

  /**
   * The same model for passages that may have been found with another embedding model.
   *
   * @param own whether those of an answer were found with its own, for certain
   */
  public ExtractiveChatModel forHits(BooleanSupplier own) {
    return new ExtractiveChatModel(chooser, own);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean generative() {
    return false;
  }

  @Override
  public boolean takesTools() {
    return false;
  }

  /** Gives one sentence with its marker a piece; those after the first begin with a line feed. */
  @Override
  public ChatCompletion complete(
      ChatRequest request, Consumer<String> onText, BooleanSupplier cancelled) {
    requireNoTools(request);
    if (cancelled.getAsBoolean()) {
      return ended(Finish.CANCELLED);
    }
    List<Candidate> answer = chooser.choose(request.question(), comparable(request.passages()));
    String separator = "";
    for (Candidate sentence : answer) {
      if (cancelled.getAsBoolean()) {
        return ended(Finish.CANCELLED);
      }
      onText.accept(separator + sentence.text() + " [" + sentence.passage() + "]");
      separator = "\n";
    }
    return ended(answer.isEmpty() ? Finish.NOTHING_FOUND : Finish.STOP);
  }

  private static void requireNoTools(ChatRequest request) {
    if (!request.tools().isEmpty()) {
      throw new PortFailure(
          PortFailure.Kind.INVALID_CONFIGURATION,
          NAME,
          "The model "
              + NAME
              + " only quotes sentences and cannot use tools. Choose a model of OpenAI or Gemini.",
          null);
    }
  }

  private List<Passage> comparable(List<Passage> passages) {
    return hitsAreComparable.getAsBoolean()
        ? passages
        : passages.stream()
            .map(p -> new Passage(p.number(), new SearchHit(p.hit().found(), p.hit().score())))
            .toList();
  }

  private static ChatCompletion ended(Finish finish) {
    return new ChatCompletion(finish, TokenUsage.NONE);
  }

  /** Does nothing: the embedder is the caller's. */
  @Override
  public void close() {}
}
