package io.parley.adapter.ai.local;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.parley.domain.port.PortFailure;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** The model and its vocabulary, as they lie on the class path. */
final class ModelFiles {
  private static final String MODEL = "all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";

  private ModelFiles() {}

  /** The model in ONNX's own format, about 23 MB. */
  static byte[] model() {
    try (InputStream in = open(MODEL)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreadable(MODEL, e);
    }
  }

  /** Every piece of the vocabulary with its id. */
  static Map<String, Integer> vocabulary() {
    try (InputStream in = open(TOKENIZER);
        JsonParser json = new JsonFactory().createParser(in)) {
      return vocabulary(json);
    } catch (IOException e) {
      throw unreadable(TOKENIZER, e);
    }
  }

  private static Map<String, Integer> vocabulary(JsonParser json) throws IOException {
    Map<String, Integer> vocabulary = HashMap.newHashMap(32_000);
    JsonToken token = json.nextToken();
    while (token != null && !"vocab".equals(json.currentName())) {
      token = json.nextToken();
    }
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String piece = json.currentName();
      vocabulary.put(piece, json.nextIntValue(-1));
    }
    return vocabulary;
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = ModelFiles.class.getClassLoader().getResourceAsStream(name);
    if (in == null) {
      throw new IOException(name + " is not on the class path");
    }
    return in;
  }

  private static PortFailure unreadable(String name, IOException cause) {
    return new PortFailure(
        PortFailure.Kind.INVALID_CONFIGURATION,
        OnnxEmbedder.BACKEND,
        "The embedding model's file " + name + " cannot be read: the installation is incomplete.",
        cause);
  }
}
