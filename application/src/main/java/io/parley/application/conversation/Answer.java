package io.parley.application.conversation;

import io.parley.domain.bot.Bot;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.CitationWriter;
import io.parley.domain.conversation.Passage;
import io.parley.domain.conversation.TokenUsage;
import io.parley.domain.port.ai.ChatCompletion;
import io.parley.domain.port.ai.ChatModel;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.ChatRequest.PromptMessage;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** An answer while it comes about. */
final class Answer {
  /** Said when no passage answers. */
  static final String NOT_FOUND = "I did not find an answer to this in your documents.";

  private static final Pattern ORNAMENT = Pattern.compile("^[\\s\"'`*“”]+");

  private final List<Passage> passages;
  private final CitationWriter writer;
  private final StringBuilder beginning = new StringBuilder();
  private boolean begun;
  private boolean refused;
  private TokenUsage usage = TokenUsage.NONE;

  Answer(List<Passage> passages, Consumer<String> onText) {
    this.passages = passages;
    this.writer = new CitationWriter(passages, onText);
  }

  void ask(
      ChatModel model,
      List<PromptMessage> prompt,
      String standalone,
      Bot bot,
      BooleanSupplier cancelled) {
    ChatRequest request =
        new ChatRequest(prompt, standalone, passages, bot.profile().temperature());
    ChatCompletion completion = model.complete(request, this::take, cancelled);
    usage = completion.usage();
  }

  /**
   * Holds the beginning back while it may still turn out to be the word for "not found". What a
   * model says after that word is not shown.
   */
  private void take(String piece) {
    if (refused) {
      return;
    }
    if (begun) {
      writer.accept(piece);
      return;
    }
    beginning.append(piece);
    String said = said();
    if (said.startsWith(Prompts.NOT_FOUND)) {
      refused = true;
    } else if (!Prompts.NOT_FOUND.startsWith(said)) {
      begin();
    }
  }

  /** The beginning without the blanks, quotation marks and emphasis that models put around it. */
  private String said() {
    return ORNAMENT.matcher(beginning).replaceFirst("");
  }

  private void begin() {
    begun = true;
    writer.accept(beginning.toString());
  }

  void finish(boolean cancelled) {
    if (!begun && !refused && !cancelled && !said().isEmpty()) {
      begin();
    }
    writer.finish();
    if (writer.text().isBlank() && !cancelled) {
      writer.accept(NOT_FOUND);
      writer.finish();
    }
  }

  String text() {
    return writer.text();
  }

  List<CitationRef> citations() {
    return writer.citations();
  }

  TokenUsage usage() {
    return usage;
  }
}
