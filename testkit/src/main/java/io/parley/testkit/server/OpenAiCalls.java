package io.parley.testkit.server;

import io.parley.testkit.server.Dialect.Chat;
import io.parley.testkit.server.ModelServer.Received;
import io.parley.testkit.server.ModelServer.Shop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** OpenAI's protocol. */
final class OpenAiCalls {
  private static final int MOST_TEXTS = 2_048;
  private static final int MOST_TOKENS = 300_000;
  private static final int MOST_TOKENS_OF_A_TEXT = 8_192;
  private static final int OTHER_DIMENSION = 768;

  private final Dialect dialect = new OpenAiDialect();
  private final Shop shop;
  private final Received request;
  private final Reply reply;

  OpenAiCalls(Shop shop, Received request, Reply reply) {
    this.shop = shop;
    this.request = request;
    this.reply = reply;
  }

  void serve() throws IOException {
    String bearer = request.headers().get("authorization");
    if (!shop.accepts(bearer == null ? null : bearer.replaceFirst("^Bearer ", ""))) {
      refuse(401, "invalid_api_key");
      return;
    }
    switch (request.path()) {
      case "/v1/models" -> reply.json(200, Json.write(Map.of("object", "list", "data", List.of())));
      case "/v1/chat/completions" -> chat(Json.object(request.body()));
      case "/v1/embeddings" -> embed(Json.object(request.body()));
      default -> refuse(404, "");
    }
  }

  private void refuse(int status, String code) throws IOException {
    reply.json(status, dialect.error(status, code));
  }

  /** Models that reason take no temperature but 1. */
  private void chat(Map<String, @Nullable Object> body) throws IOException {
    Fault fault = shop.nextChat();
    Chat chat = OpenAiDialect.chat(body);
    boolean reasons = chat.model().matches("o\\d.*");
    if (BrokenReplies.given(fault, dialect, reply)) {
      return;
    }
    if (!shop.knows(chat.model())) {
      refuse(404, "model_not_found");
    } else if (reasons && body.containsKey("temperature")) {
      refuse(400, "unsupported_value");
    } else if (!OpenAiToolTalk.isSound(body)) {
      refuse(400, "");
    } else {
      new ChatReplies(dialect, chat, shop.nextTurn(), reply).answer(fault);
    }
  }

  private void embed(Map<String, @Nullable Object> body) throws IOException {
    Fault fault = shop.nextEmbedding();
    String model = Dialect.text(body, "model");
    List<String> texts = texts(body.get("input"));
    if (BrokenReplies.given(fault, dialect, reply)) {
      return;
    }
    if (!shop.knows(model)) {
      refuse(404, "model_not_found");
    } else if (isTooMuch(texts)) {
      refuse(400, "");
    } else {
      var embedded = EmbeddingReplies.of(texts, dimension(model, body), 1, fault);
      EmbeddingReplies.send(reply, dialect.embeddings(model, embedded, false), fault);
    }
  }

  private static List<String> texts(@Nullable Object input) {
    List<String> texts = new ArrayList<>();
    if (input instanceof List<?> list) {
      list.forEach(text -> texts.add(String.valueOf(text)));
    } else {
      texts.add(Objects.toString(input));
    }
    return texts;
  }

  private static boolean isTooMuch(List<String> texts) {
    List<Integer> tokens = texts.stream().map(Tokens::of).toList();
    return texts.size() > MOST_TEXTS
        || tokens.stream().anyMatch(count -> count > MOST_TOKENS_OF_A_TEXT)
        || tokens.stream().mapToInt(Integer::intValue).sum() > MOST_TOKENS;
  }

  private static int dimension(String model, Map<String, @Nullable Object> body) {
    if (body.get("dimensions") instanceof Double asked) {
      return asked.intValue();
    }
    return switch (model) {
      case "text-embedding-3-large" -> 3_072;
      case "text-embedding-3-small", "text-embedding-ada-002" -> 1_536;
      default -> OTHER_DIMENSION;
    };
  }
}
