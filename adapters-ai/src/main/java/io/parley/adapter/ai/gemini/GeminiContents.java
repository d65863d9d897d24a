package io.parley.adapter.ai.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import io.parley.adapter.ai.remote.JsonText;
import io.parley.adapter.ai.remote.PromptMessages;
import io.parley.domain.port.ai.ChatRequest.PromptMessage;
import io.parley.domain.port.ai.ChatRequest.Said;
import io.parley.domain.port.ai.ChatRequest.Speaker;
import io.parley.domain.port.ai.ChatRequest.ToolRound;
import io.parley.domain.port.ai.ToolCall;
import io.parley.domain.port.ai.ToolUse;
import java.io.IOException;
import java.util.List;

/**
 * Writes a prompt with calls of tools. The results of a round stand together in one content, as
 * many as there were calls, or Gemini refuses them.
 */
final class GeminiContents {
  private static final String USER = "user";
  private static final String MODEL = "model";

  private final JsonGenerator json;

  GeminiContents(JsonGenerator json) {
    this.json = json;
  }

  /** What the system says stands elsewhere. */
  void write(List<PromptMessage> prompt) throws IOException {
    json.writeArrayFieldStart("contents");
    for (PromptMessage message : PromptMessages.turns(prompt)) {
      switch (message) {
        case Said said when said.speaker() == Speaker.SYSTEM -> {}
        case Said said -> words(said);
        case ToolRound round -> round(round);
      }
    }
    json.writeEndArray();
  }

  private void words(Said said) throws IOException {
    begin(said.speaker() == Speaker.USER ? USER : MODEL);
    text(said.text());
    end();
  }

  private void round(ToolRound round) throws IOException {
    begin(MODEL);
    if (!round.text().isBlank()) {
      text(round.text());
    }
    for (ToolUse use : round.uses()) {
      call(use.call());
    }
    end();
    begin(USER);
    for (ToolUse use : round.uses()) {
      result(use);
    }
    end();
  }

  private void begin(String role) throws IOException {
    json.writeStartObject();
    json.writeStringField("role", role);
    json.writeArrayFieldStart("parts");
  }

  private void end() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
  }

  private void text(String text) throws IOException {
    json.writeStartObject();
    json.writeStringField("text", text);
    json.writeEndObject();
  }

  private void call(ToolCall call) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("functionCall");
    name(call);
    json.writeFieldName("args");
    json.writeRawValue(call.arguments());
    json.writeEndObject();
    if (call.signature() != null) {
      json.writeStringField("thoughtSignature", call.signature());
    }
    json.writeEndObject();
  }

  private void name(ToolCall call) throws IOException {
    if (!call.id().startsWith(GeminiTools.OWN_ID)) {
      json.writeStringField("id", call.id());
    }
    json.writeStringField("name", call.name());
  }

  /** A result is an object here. */
  private void result(ToolUse use) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart("functionResponse");
    name(use.call());
    json.writeFieldName("response");
    if (JsonText.isObject(use.result())) {
      json.writeRawValue(use.result());
    } else {
      json.writeStartObject();
      json.writeStringField("result", use.result());
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
