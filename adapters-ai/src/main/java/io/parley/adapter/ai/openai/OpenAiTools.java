package io.parley.adapter.ai.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import io.parley.adapter.ai.remote.CallDrafts;
import io.parley.adapter.ai.remote.JsonText;
import io.parley.adapter.ai.remote.RandomIds;
import io.parley.adapter.ai.remote.ServerEvent;
import io.parley.adapter.ai.remote.ToolProtocol;
import io.parley.domain.port.ai.ChatRequest;
import io.parley.domain.port.ai.Tool;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tools in OpenAI's protocol. A call comes in pieces of its arguments that belong together by their
 * {@code index}; its id and name come with the first. Other servers send whole calls, some without
 * ids or indexes, and some with the same index for all.
 */
final class OpenAiTools implements ToolProtocol {
  private static final int ID_LENGTH = 9; // Mistral's models take no other

  @Override
  public Set<String> fields() {
    return Set.of("tools");
  }

  @Override
  public void write(JsonGenerator json, ChatRequest request) throws IOException {
    if (request.tools().isEmpty()) {
      return;
    }
    json.writeArrayFieldStart("tools");
    for (Tool tool : request.tools()) {
      json.writeStartObject();
      json.writeStringField("type", "function");
      json.writeObjectFieldStart("function");
      json.writeStringField("name", tool.name());
      json.writeStringField("description", tool.description());
      json.writeFieldName("parameters");
      json.writeRawValue(tool.parameters());
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Override
  public String newId() {
    return RandomIds.of(ID_LENGTH);
  }

  @Override
  public Reader reader(CallDrafts drafts) {
    return new PieceReader(drafts);
  }

  private static final class PieceReader implements Reader {
    private static final int NO_INDEX = -1;

    private final CallDrafts drafts;
    private final Map<Integer, CallDrafts.Draft> byIndex = new HashMap<>();

    PieceReader(CallDrafts drafts) {
      this.drafts = drafts;
    }

    /** LangChain4j must not see calls: it cannot read those that come side by side. */
    @Override
    public ServerEvent read(ServerEvent event, Map<String, @Nullable Object> json) {
      List<Map<String, @Nullable Object>> choices = JsonText.objects(json, "choices");
      if (choices.isEmpty()) {
        return event;
      }
      Map<String, @Nullable Object> delta = JsonText.object(choices.getFirst(), "delta");
      if (delta.get("tool_calls") == null) {
        return event;
      }
      JsonText.objects(delta, "tool_calls").forEach(this::take);
      delta.remove("tool_calls");
      return new ServerEvent(event.name(), JsonText.write(json));
    }

    private void take(Map<String, @Nullable Object> piece) {
      Map<String, @Nullable Object> function = JsonText.object(piece, "function");
      String id = JsonText.text(piece, "id");
      String name = JsonText.text(function, "name");
      String arguments = JsonText.text(function, "arguments");
      if (id.isEmpty() && name.isEmpty() && arguments.isEmpty()) {
        return; // some servers say at the end that there is no more
      }
      CallDrafts.Draft draft = draft(index(piece), id, name);
      draft.identify(id, name);
      draft.append(arguments);
    }

    private static int index(Map<String, @Nullable Object> piece) {
      return piece.get("index") instanceof Number number ? number.intValue() : NO_INDEX;
    }

    private CallDrafts.Draft draft(int index, String id, String name) {
      CallDrafts.Draft known = byIndex.get(index);
      if (known != null && !isAnother(known, id, name)) {
        return known;
      }
      CallDrafts.Draft begun = drafts.begin();
      byIndex.put(index, begun);
      return begun;
    }

    private static boolean isAnother(CallDrafts.Draft known, String id, String name) {
      boolean otherId = !id.isEmpty() && !known.id().isEmpty() && !id.equals(known.id());
      boolean afterWhole = id.isEmpty() && !name.isEmpty() && known.isWhole();
      return otherId || afterWhole;
    }
  }
}
