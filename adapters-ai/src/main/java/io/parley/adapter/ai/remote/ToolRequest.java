package io.parley.adapter.ai.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.ChatRequest.ToolRound;
import io.parley.domain.port.ai.Tool;
import io.parley.domain.port.ai.ToolUse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A request as it is sent: what LangChain4j wrote, but for what the tools' protocol writes. */
record ToolRequest(ChatRequest asked, ToolProtocol protocol) {

  /**
   * @throws IllegalArgumentException when what is to be sent as JSON is none
   */
  ToolRequest {
    for (Tool tool : asked.tools()) {
      require(tool.parameters(), "The schema of a tool is a JSON object.");
    }
    for (ChatRequest.PromptMessage message : asked.messages()) {
      if (message instanceof ToolRound round) {
        for (ToolUse use : round.uses()) {
          require(use.call().arguments(), "The arguments of a call are a JSON object.");
        }
      }
    }
  }

  private static void require(String json, String sentence) {
    if (!JsonText.isObject(json)) {
      throw new IllegalArgumentException(sentence);
    }
  }

  private boolean hasTools() {
    return !asked.tools().isEmpty()
        || asked.messages().stream().anyMatch(ToolRound.class::isInstance);
  }

  byte[] body(String written) {
    if (!hasTools()) {
      return written.getBytes(StandardCharsets.UTF_8);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonParser from = JsonText.FACTORY.createParser(written);
        JsonGenerator json = JsonText.FACTORY.createGenerator(body)) {
      from.nextToken();
      json.writeStartObject();
      while (from.nextToken() == JsonToken.FIELD_NAME) {
        copy(from, json);
      }
      protocol.write(json, asked);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  private void copy(JsonParser from, JsonGenerator json) throws IOException {
    if (protocol.fields().contains(from.currentName())) {
      from.nextToken();
      from.skipChildren();
    } else {
      json.copyCurrentStructure(from);
    }
  }
}
