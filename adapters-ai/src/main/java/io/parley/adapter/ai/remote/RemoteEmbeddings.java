package io.parley.adapter.ai.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.retrieval.EmbeddingModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Embeds by calls over HTTP, in batches that the vendor takes. Safe for use by many threads. */
public final class RemoteEmbeddings implements AutoCloseable {
  private final ModelEndpoint endpoint;
  private final EmbeddingModel model;
  private final TextBudget budget;
  private final EmbeddingProtocol protocol;

  public RemoteEmbeddings(
      ModelEndpoint endpoint, EmbeddingModel model, TextBudget budget, EmbeddingProtocol protocol) {
    this.endpoint = endpoint;
    this.model = model;
    this.budget = budget;
    this.protocol = protocol;
  }

  /** One vector a passage, in their order. */
  public List<float[]> passages(List<String> texts) {
    texts.forEach(RemoteEmbeddings::requireWords);
    endpoint.requireOpen();
    List<float[]> vectors = new ArrayList<>(texts.size());
    for (List<String> batch : budget.batches(texts)) {
      vectors.addAll(embed(batch, false));
    }
    return List.copyOf(vectors);
  }

  /** The vector of a question. */
  public float[] question(String text) {
    requireWords(text);
    return embed(List.of(budget.cut(text)), true).getFirst();
  }

  /**
   * A refusal may mean that a text has more tokens than was estimated: then once more with what
   * surely fits.
   */
  private List<float[]> embed(List<String> texts, boolean question) {
    try {
      return call(texts, question);
    } catch (PortFailure failure) {
      List<String> shorter = texts.stream().map(budget::cutForSure).toList();
      if (failure.kind() != Kind.INVALID_CONFIGURATION || shorter.equals(texts)) {
        throw failure;
      }
      return call(shorter, question);
    }
  }

  private List<float[]> call(List<String> texts, boolean question) {
    byte[] answer = endpoint.post(protocol.path(question), request(texts, question));
    VectorSlots slots = new VectorSlots(endpoint.vendor(), model, texts.size());
    try (JsonParser json = JsonText.FACTORY.createParser(answer)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw slots.corrupt("returned no JSON object");
      }
      protocol.read(json, slots);
    } catch (IOException e) {
      throw slots.corrupt("returned something that is no list of vectors");
    }
    return slots.all();
  }

  private byte[] request(List<String> texts, boolean question) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (JsonGenerator json = JsonText.FACTORY.createGenerator(body)) {
      protocol.write(json, texts, question);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.toByteArray();
  }

  private static void requireWords(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("A blank text has no vector.");
    }
  }

  @Override
  public void close() {
    endpoint.close();
  }
}
