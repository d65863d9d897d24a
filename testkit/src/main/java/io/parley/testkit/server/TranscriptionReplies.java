package io.parley.testkit.server;

import io.parley.testkit.server.ModelServer.Received;
import io.parley.testkit.server.ModelServer.Shop;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Hears recordings, as the fault says. Only Whisper tells more than the text. */
final class TranscriptionReplies {
  private static final int MOST_BYTES = 26_214_400;

  private final Dialect dialect = new OpenAiDialect();
  private final Shop shop;
  private final Received request;
  private final AudioForm form;
  private final Reply reply;

  TranscriptionReplies(Shop shop, Received request, AudioForm form, Reply reply) {
    this.shop = shop;
    this.request = request;
    this.form = form;
    this.reply = reply;
  }

  void serve(Fault fault) throws IOException {
    String bearer = request.headers().get("authorization");
    if (!shop.accepts(bearer == null ? null : bearer.replaceFirst("^Bearer ", ""))) {
      refuse(401, "invalid_api_key");
    } else if (!BrokenReplies.given(fault, dialect, reply)) {
      answer(fault);
    }
  }

  private void refuse(int status, String code) throws IOException {
    reply.json(status, dialect.error(status, code));
  }

  private void answer(Fault fault) throws IOException {
    boolean whisper = form.field("model").contains("whisper");
    boolean verbose = form.field("response_format").equals("verbose_json");
    if (!shop.knows(form.field("model"))) {
      refuse(404, "model_not_found");
    } else if (form.content().length() > MOST_BYTES) {
      refuse(413, "");
    } else if (!form.field("language").matches("|[a-z]{2,3}")) {
      refuse(400, "invalid_language_format");
    } else if (!form.isAudio() || (verbose && !whisper)) {
      refuse(400, "");
    } else {
      send(Json.write(verbose ? verbose() : Map.of("text", said())), fault);
    }
  }

  /** White space as Whisper puts it. */
  private String said() {
    return " " + form.heard() + "\n";
  }

  private Map<String, Object> verbose() {
    return Map.of(
        "task",
        "transcribe",
        "language",
        form.field("language").isEmpty() ? "english" : form.field("language"),
        "duration",
        1.5,
        "segments",
        List.of(Map.of("id", 0, "text", "not the text", "tokens", List.of(1, 2))),
        "text",
        said());
  }

  private void send(String json, Fault fault) throws IOException {
    switch (fault) {
      case Fault.StallsAfter _ -> reply.half(json);
      case Fault.BreaksAfter _ -> reply.torn(json);
      case Fault.EndsAfter _ -> reply.json(200, json.substring(0, json.length() - 1));
      case Fault.SpeaksNonsense _ -> reply.json(200, "It said hello.");
      case Fault.Lies _ -> reply.json(200, "{\"text\":null,\"words\":[\"hello\"]}");
      default -> reply.json(200, json);
    }
  }
}
