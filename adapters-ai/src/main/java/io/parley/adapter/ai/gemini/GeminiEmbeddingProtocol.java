package io.parley.adapter.ai.gemini;

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

/**
 * {@code batchEmbedContents} for passages and {@code embedContent} for a question. Vectors come in
 * the order of the texts, and of length 1 only when they are not shortened.
 */
final class GeminiEmbeddingProtocol implements EmbeddingProtocol {
  private final EmbeddingModel model;

  GeminiEmbeddingProtocol(EmbeddingModel model) {
    this.model = model;
  }

  @Override
  public String path(boolean question) {
    return "/models/" + model.name() + (question ? ":embedContent" : ":batchEmbedContents");
  }

  @Override
  public void write(JsonGenerator json, List<String> texts, boolean question) throws IOException {
    if (question) {
      writeOne(json, texts.getFirst(), "RETRIEVAL_QUERY");
      return;
    }
    json.writeStartObject();
    json.writeArrayFieldStart("requests");
    for (String text : texts) {
      writeOne(json, text, "RETRIEVAL_DOCUMENT");
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeOne(JsonGenerator json, String text, String task) throws IOException {
    json.writeStartObject();
    json.writeStringField("model", "models/" + model.name());
    json.writeObjectFieldStart("content");
    json.writeArrayFieldStart("parts");
    json.writeStartObject();
    json.writeStringField("text", text);
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
    json.writeStringField("taskType", task);
    json.writeNumberField("outputDimensionality", model.dimension());
    json.writeEndObject();
  }

  @Override
  public void read(JsonParser json, VectorSlots slots) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("embedding") && value == JsonToken.START_OBJECT) {
        slots.put(0, values(json));
      } else if (name.equals("embeddings") && value == JsonToken.START_ARRAY) {
        for (int place = 0; json.nextToken() == JsonToken.START_OBJECT; place++) {
          slots.put(place, values(json));
        }
      } else {
        json.skipChildren();
      }
    }
  }

  private static float[] values(JsonParser json) throws IOException {
    float @Nullable [] vector = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("values")) {
        vector = Vectors.read(json);
      } else {
        json.skipChildren();
      }
    }
    if (vector == null) {
      throw new IOException("an embedding without a vector");
    }
    return vector;
  }
}
