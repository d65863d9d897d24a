package io.parley.application.conversation;

import io.parley.domain.bot.Bot;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.Passage;
import io.parley.domain.document.Chunk;
import io.parley.domain.port.ai.ChatRequest.PromptMessage;
import io.parley.domain.port.ai.ChatRequest.Said;
import io.parley.domain.port.ai.ChatRequest.Speaker;
import io.parley.domain.retrieval.FoundChunk;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Puts prompts together. Passages are quoted data between marks that their text cannot close. */
final class Prompts {
  /** What a generating model says when the passages do not answer. */
  static final String NOT_FOUND = "NOT_FOUND";

  private static final String ANSWER = resource("answer.txt");
  private static final String CONDENSE = resource("condense.txt");

  private Prompts() {}

  static List<PromptMessage> answer(
      Bot bot, List<Message> history, Question question, List<Passage> passages) {
    List<PromptMessage> prompt = new ArrayList<>();
    prompt.add(new Said(Speaker.SYSTEM, system(bot, question)));
    prompt.addAll(spoken(history));
    prompt.add(new Said(Speaker.USER, ask(question, passages)));
    return prompt;
  }

  static List<PromptMessage> condense(List<Message> history, String question) {
    List<PromptMessage> prompt = new ArrayList<>();
    prompt.add(new Said(Speaker.SYSTEM, CONDENSE));
    prompt.addAll(spoken(history));
    prompt.add(new Said(Speaker.USER, question));
    return prompt;
  }

  private static String system(Bot bot, Question question) {
    String language = question.language() == null ? "" : ", which is " + question.language();
    String rules = ANSWER.replace("{language}", language);
    String own = bot.profile().systemPrompt();
    return own == null || own.isBlank() ? rules : own.strip() + "\n\n" + rules;
  }

  private static List<PromptMessage> spoken(List<Message> history) {
    return history.stream()
        .<PromptMessage>map(m ->
            new Said(
                switch (m.role()) {
                  case USER -> Speaker.USER;
                  case ASSISTANT -> Speaker.ASSISTANT;
                },
                m.content()))
        .toList();
  }

  private static String ask(Question question, List<Passage> passages) {
    StringBuilder text = new StringBuilder("Passages:\n");
    for (Passage passage : passages) {
      text.append("\n<passage number=\"").append(passage.number()).append("\" from=\"");
      text.append(quoted(place(passage.hit().found()))).append("\">\n");
      text.append(context(passage.hit().found().chunk()));
      text.append(quoted(passage.text())).append("\n</passage>\n");
    }
    if (question.selectedText() != null) {
      text.append("\nThe reader marked this: <marked>");
      text.append(quoted(question.selectedText())).append("</marked>\n");
    }
    return text.append("\nQuestion: ").append(question.content()).toString();
  }

  /** What stands above the passage in its document: headings, and the names of the columns. */
  private static String context(Chunk chunk) {
    String context = chunk.context();
    return context == null || context.isBlank()
        ? ""
        : "<context>" + quoted(context.strip()) + "</context>\n";
  }

  private static String place(FoundChunk found) {
    return found.documentName() + ", page " + found.chunk().page();
  }

  /** Text from documents must not be able to end its own quotation. */
  private static String quoted(String text) {
    return text.replace("<", "‹").replace("\"", "”");
  }

  private static String resource(String name) {
    try (InputStream in = Objects.requireNonNull(Prompts.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
