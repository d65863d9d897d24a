package io.parley.testkit.server;

import io.parley.testkit.server.Dialect.Chat;
import io.parley.testkit.server.ModelServer.Received;
import io.parley.testkit.server.ModelServer.Shop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gemini's protocol. Vectors that are asked to be shorter are not of length 1. */
final class GeminiCalls {
  private static final Pattern CALL =
      Pattern.compile("/v1beta/models/([\\w.-]+):(\\w+)(\\?alt=sse)?");
  private static final int MOST_TEXTS = 100;
  private static final int WHOLE_DIMENSION = 3_072;
  private static final double SHORTENED = 0.7;

  private final Dialect dialect = new GeminiDialect();
  private final Shop shop;
  private final Received request;
  private final Reply reply;

  GeminiCalls(Shop shop, Received request, Reply reply) {
    this.shop = shop;
    this.request = request;
    this.reply = reply;
  }

  void serve() throws IOException {
    Matcher call = CALL.matcher(request.path());
    if (!shop.accepts(request.headers().get("x-goog-api-key"))) {
      refuse(400, "API_KEY_INVALID");
    } else if (request.path().equals("/v1beta/models")) {
      reply.json(200, "{\"models\":[]}");
    } else if (!call.matches()) {
      refuse(404, "");
    } else {
      serve(call.group(1), call.group(2), Json.object(request.body()));
    }
  }

  private void refuse(int status, String code) throws IOException {
    reply.json(status, dialect.error(status, code));
  }

  private void serve(String model, String method, Map<String, @Nullable Object> body)
      throws IOException {
    boolean chat = method.endsWith("enerateContent");
    Fault fault = chat ? shop.nextChat() : shop.nextEmbedding();
    if (BrokenReplies.given(fault, dialect, reply)) {
      return;
    }
    if (!shop.knows(model)) {
      refuse(404, "");
      return;
    }
    switch (method) {
      case "generateContent" -> chat(GeminiDialect.chat(model, body, false), body, fault);
      case "streamGenerateContent" -> chat(GeminiDialect.chat(model, body, true), body, fault);
      case "embedContent" -> embed(model, List.of(body), true, fault);
      case "batchEmbedContents" -> embed(model, Dialect.objects(body, "requests"), false, fault);
      default -> refuse(404, "");
    }
  }

  private void chat(Chat chat, Map<String, @Nullable Object> body, Fault fault) throws IOException {
    if (GeminiToolTalk.isSound(body, chat.model())) {
      new ChatReplies(dialect, chat, shop.nextTurn(), reply).answer(fault);
    } else {
      refuse(400, "");
    }
  }

  private void embed(
      String model, List<Map<String, @Nullable Object>> requests, boolean one, Fault fault)
      throws IOException {
    if (requests.size() > MOST_TEXTS) {
      refuse(400, "");
      return;
    }
    List<String> texts = new ArrayList<>();
    for (Map<String, @Nullable Object> asked : requests) {
      texts.add(GeminiDialect.text(Dialect.object(asked, "content")));
    }
    int dimension =
        requests.getFirst().get("outputDimensionality") instanceof Double asked
            ? asked.intValue()
            : WHOLE_DIMENSION;
    double length = dimension == WHOLE_DIMENSION ? 1 : SHORTENED;
    var embedded = EmbeddingReplies.of(texts, dimension, length, fault);
    EmbeddingReplies.send(reply, dialect.embeddings(model, embedded, one), fault);
  }
}
