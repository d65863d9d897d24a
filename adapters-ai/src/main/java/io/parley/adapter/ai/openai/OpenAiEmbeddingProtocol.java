package io.parley.adapter.ai.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.parley.adapter.ai.remote.EmbeddingProtocol;
import io.parley.adapter.ai.remote.VectorSlots;
import io.parley.adapter.ai.remote.Vectors;
import io.parley.domain.retrieval.EmbeddingModel;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /embeddings}. An embedding belongs to the text that its {@code index} says. */
final class OpenAiEmbeddingProtocol implements EmbeddingProtocol {
  private final EmbeddingModel model;

  OpenAiEmbeddingProtocol(EmbeddingModel model) {
    this.model = model;
  }

  @Override
  public String path(boolean question) {
    return "/embeddings";
  }

  /** Only the third generation of OpenAI's models can be asked for fewer dimensions. */
  @Override
  public void write(JsonGenerator json, List<String> texts, boolean question) throws IOException {
    json.writeStartObject();
    json.writeStringField("model", model.name());
    json.writeStringField("encoding_format", "float");
    if (model.name().startsWith("text-embedding-3")) {
      json.writeNumberField("dimensions", model.dimension());
    }
    json.writeArrayFieldStart("input");
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  @Override
  public void read(JsonParser json, VectorSlots slots) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("data") && value == JsonToken.START_ARRAY) {
        for (int place = 0; json.nextToken() == JsonToken.START_OBJECT; place++) {
          readOne(json, place, slots);
        }
      } else {
        json.skipChildren();
      }
    }
  }

  /**
   * @param place stands in for an index that is not given
   */
  private static void readOne(JsonParser json, int place, VectorSlots slots) throws IOException {
    int index = place;
    float @Nullable [] vector = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "index" -> index = json.getIntValue();
        case "embedding" -> vector = Vectors.read(json);
        default -> json.skipChildren();
      }
    }
    if (vector == null) {
      throw new IOException("an embedding without a vector");
    }
    slots.put(index, vector);
  }
}
