package io.parley.adapter.vectorstore.qdrant;

import io.parley.adapter.vectorstore.remote.EncodedAttributes;
import io.parley.domain.retrieval.ChunkAttributes;
import io.qdrant.client.grpc.JsonWithInt.ListValue;
import io.qdrant.client.grpc.JsonWithInt.Struct;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.Map;

/** What a point carries beside its vector: ids and what filters ask for, never text. */
final class Payload {
  static final String TENANT = "tenant";
  static final String BOT = "bot";
  static final String SOURCE = "source";
  static final String VERSION = "version";
  static final String TERMS = "terms";
  static final String LEAST = "least";
  static final String MOST = "most";

  private Payload() {}

  static Map<String, Value> of(ChunkAttributes attributes) {
    EncodedAttributes encoded = EncodedAttributes.of(attributes);
    ListValue.Builder terms = ListValue.newBuilder();
    encoded.terms().forEach(term -> terms.addValues(text(term)));
    return Map.of(
        TENANT, text(attributes.tenant().toString()),
        BOT, text(attributes.bot().toString()),
        SOURCE, text(attributes.ref().source().toString()),
        VERSION, Value.newBuilder().setIntegerValue(attributes.ref().version()).build(),
        TERMS, Value.newBuilder().setListValue(terms).build(),
        LEAST, numbers(encoded.least()),
        MOST, numbers(encoded.most()));
  }

  private static Value numbers(Map<String, Double> numbers) {
    Struct.Builder struct = Struct.newBuilder();
    numbers.forEach(
        (key, number) -> struct.putFields(key, Value.newBuilder().setDoubleValue(number).build()));
    return Value.newBuilder().setStructValue(struct).build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }
}
