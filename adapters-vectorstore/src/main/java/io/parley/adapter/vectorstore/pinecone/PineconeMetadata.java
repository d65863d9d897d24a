package io.parley.adapter.vectorstore.pinecone;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.parley.adapter.vectorstore.remote.EncodedAttributes;
import io.parley.domain.retrieval.ChunkAttributes;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a vector carries: ids and what filters ask for, never text. Pinecone takes 40 KB. Terms
 * always fit; of very many fields, the last ones cannot be compared by order.
 */
final class PineconeMetadata {
  static final String TENANT = "tenant";
  static final String BOT = "bot";
  static final String SOURCE = "source";
  static final String VERSION = "version";
  static final String TERMS = "terms";
  private static final String LEAST = "least_";
  private static final String MOST = "most_";
  private static final int BYTES = 38_000;
  private static final int BYTES_OF_A_TERM = 24;

  /** Two names and two numbers, with what stands around them in JSON. */
  private static final int BYTES_OF_A_PAIR = 2 * 60;

  private PineconeMetadata() {}

  static Struct of(ChunkAttributes attributes) {
    EncodedAttributes encoded = EncodedAttributes.of(attributes);
    ListValue.Builder terms = ListValue.newBuilder();
    encoded.terms().forEach(term -> terms.addValues(text(term)));
    Struct.Builder metadata =
        Struct.newBuilder()
            .putFields(TENANT, text(attributes.tenant().toString()))
            .putFields(BOT, text(attributes.bot().toString()))
            .putFields(SOURCE, text(attributes.ref().source().toString()))
            .putFields(VERSION, number(attributes.ref().version()))
            .putFields(TERMS, Value.newBuilder().setListValue(terms).build());
    Set<String> keys = new TreeSet<>(Comparator.comparingInt(String::length).thenComparing(k -> k));
    keys.addAll(encoded.least().keySet());
    keys.addAll(encoded.most().keySet());
    int room = BYTES - 200 - BYTES_OF_A_TERM * encoded.terms().size();
    keys.stream()
        .limit(Math.max(0, room / BYTES_OF_A_PAIR))
        .forEach(key -> {
          put(metadata, LEAST + key, encoded.least().get(key));
          put(metadata, MOST + key, encoded.most().get(key));
        });
    return metadata.build();
  }

  /** Under which the least or the greatest number of a field stands. */
  static String key(boolean most, String key) {
    return (most ? MOST : LEAST) + key;
  }

  private static void put(Struct.Builder metadata, String key, @Nullable Double number) {
    if (number != null) {
      metadata.putFields(key, number(number));
    }
  }

  static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  static Value number(double number) {
    return Value.newBuilder().setNumberValue(number).build();
  }
}
