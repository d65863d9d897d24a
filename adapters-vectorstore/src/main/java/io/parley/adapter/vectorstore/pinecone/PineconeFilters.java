package io.parley.adapter.vectorstore.pinecone;

import static io.parley.adapter.vectorstore.pinecone.PineconeMetadata.number;
import static io.parley.adapter.vectorstore.pinecone.PineconeMetadata.text;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.parley.adapter.vectorstore.remote.Condition;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.Filter.Relation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Conditions as Pinecone's filters. */
final class PineconeFilters {

  private PineconeFilters() {}

  /** What the scope's bot has and the condition lets through. */
  static Struct of(BotScope scope, Condition condition) {
    List<Struct> parts = new ArrayList<>();
    parts.add(equal(PineconeMetadata.TENANT, text(scope.tenant().toString())));
    parts.add(equal(PineconeMetadata.BOT, text(scope.bot().toString())));
    if (condition != Condition.Constant.ALWAYS) {
      parts.add(of(condition));
    }
    return joined("$and", parts);
  }

  static Struct of(Collection<SourceId> sources) {
    return among(PineconeMetadata.SOURCE, "$in", sources.stream().map(SourceId::toString).toList());
  }

  static Struct of(VersionRef ref) {
    return joined(
        "$and",
        List.of(
            equal(PineconeMetadata.SOURCE, text(ref.source().toString())),
            equal(PineconeMetadata.VERSION, number(ref.version()))));
  }

  private static Struct of(Condition condition) {
    return switch (condition) {
      case Condition.Constant constant ->
          throw new IllegalArgumentException("Not to be asked: " + constant);
      case Condition.All(List<Condition> parts) -> joined("$and", each(parts));
      case Condition.Any(List<Condition> parts) -> joined("$or", each(parts));
      case Condition.Terms(Set<String> terms, boolean there) ->
          among(PineconeMetadata.TERMS, there ? "$in" : "$nin", terms);
      case Condition.Extreme number -> of(number);
    };
  }

  private static List<Struct> each(List<Condition> parts) {
    return parts.stream().map(PineconeFilters::of).toList();
  }

  /**
   * There is no plain negation: what does not stand in a relation is missing, or stands opposite.
   */
  private static Struct of(Condition.Extreme number) {
    String key = PineconeMetadata.key(number.most(), number.key());
    Value value = number(number.value());
    if (number.holds()) {
      return field(key, operator(number.relation()), value);
    }
    Value no = Value.newBuilder().setBoolValue(false).build();
    return joined(
        "$or", List.of(field(key, opposite(number.relation()), value), field(key, "$exists", no)));
  }

  private static String operator(Relation relation) {
    return switch (relation) {
      case GREATER -> "$gt";
      case GREATER_OR_EQUAL -> "$gte";
      case LESS -> "$lt";
      case LESS_OR_EQUAL -> "$lte";
    };
  }

  private static String opposite(Relation relation) {
    return switch (relation) {
      case GREATER -> "$lte";
      case GREATER_OR_EQUAL -> "$lt";
      case LESS -> "$gte";
      case LESS_OR_EQUAL -> "$gt";
    };
  }

  static Struct equal(String key, Value value) {
    return field(key, "$eq", value);
  }

  private static Struct among(String key, String operator, Collection<String> values) {
    ListValue.Builder list = ListValue.newBuilder();
    values.forEach(value -> list.addValues(text(value)));
    return field(key, operator, Value.newBuilder().setListValue(list).build());
  }

  private static Struct field(String key, String operator, Value value) {
    Struct of = Struct.newBuilder().putFields(operator, value).build();
    return Struct.newBuilder()
        .putFields(key, Value.newBuilder().setStructValue(of).build())
        .build();
  }

  private static Struct joined(String operator, List<Struct> parts) {
    ListValue.Builder list = ListValue.newBuilder();
    parts.forEach(part -> list.addValues(Value.newBuilder().setStructValue(part)));
    return Struct.newBuilder()
        .putFields(operator, Value.newBuilder().setListValue(list).build())
        .build();
  }
}
