package io.parley.adapter.ai.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import io.parley.adapter.ai.remote.CallDrafts;
import io.parley.adapter.ai.remote.JsonText;
import io.parley.adapter.ai.remote.RandomIds;
import io.parley.adapter.ai.remote.ServerEvent;
import io.parley.adapter.ai.remote.ToolProtocol;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.Tool;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tools in Gemini's protocol. A call comes whole, as a part of its own. Older models give it no id;
 * newer ones sign it, and refuse its result when the signature does not come back with the call.
 */
final class GeminiTools implements ToolProtocol {
  /** Begins ids that Gemini has never heard of. */
  static final String OWN_ID = "parley-";

  private static final int ID_LENGTH = 9;

  @Override
  public Set<String> fields() {
    return Set.of("contents", "tools");
  }

  @Override
  public void write(JsonGenerator json, ChatRequest request) throws IOException {
    new GeminiContents(json).write(request.messages());
    if (!request.tools().isEmpty()) {
      writeTools(json, request.tools());
    }
  }

  private static void writeTools(JsonGenerator json, List<Tool> tools) throws IOException {
    json.writeArrayFieldStart("tools");
    json.writeStartObject();
    json.writeArrayFieldStart("functionDeclarations");
    for (Tool tool : tools) {
      json.writeStartObject();
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      if (hasParameters(tool)) {
        json.writeFieldName("parametersJsonSchema");
        json.writeRawValue(tool.parameters());
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }

  /** An object without properties is refused. */
  private static boolean hasParameters(Tool tool) {
    return !JsonText.object(JsonText.objectOrEmpty(tool.parameters()), "properties").isEmpty();
  }

  @Override
  public String newId() {
    return OWN_ID + RandomIds.of(ID_LENGTH);
  }

  @Override
  public Reader reader(CallDrafts drafts) {
    return new PartReader(drafts);
  }

  private record PartReader(CallDrafts drafts) implements Reader {

    @Override
    public ServerEvent read(ServerEvent event, Map<String, @Nullable Object> json) {
      List<Map<String, @Nullable Object>> candidates = JsonText.objects(json, "candidates");
      if (!candidates.isEmpty()) {
        JsonText.objects(JsonText.object(candidates.getFirst(), "content"), "parts")
            .forEach(this::take);
      }
      return event;
    }

    private void take(Map<String, @Nullable Object> part) {
      if (part.get("functionCall") == null) {
        return;
      }
      Map<String, @Nullable Object> call = JsonText.object(part, "functionCall");
      CallDrafts.Draft draft = drafts.begin();
      draft.identify(JsonText.text(call, "id"), JsonText.text(call, "name"));
      draft.sign(JsonText.text(part, "thoughtSignature"));
      if (call.get("args") != null) {
        draft.append(JsonText.write(call.get("args")));
      }
    }
  }
}
