package io.parley.adapter.vectorstore.qdrant;

import io.parley.adapter.vectorstore.remote.Condition;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.qdrant.client.grpc.Common;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Match;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.Common.RepeatedStrings;
import java.util.List;
import java.util.Set;

/** Conditions as Qdrant's filters. */
final class QdrantFilters {

  private QdrantFilters() {}

  /** What the scope's bot has and the condition lets through. */
  static Filter of(BotScope scope, Condition condition) {
    Filter.Builder filter =
        Filter.newBuilder()
            .addMust(equal(Payload.TENANT, scope.tenant().toString()))
            .addMust(equal(Payload.BOT, scope.bot().toString()));
    if (condition != Condition.Constant.ALWAYS) {
      filter.addMust(of(condition));
    }
    return filter.build();
  }

  static Filter of(SourceId source) {
    return Filter.newBuilder().addMust(equal(Payload.SOURCE, source.toString())).build();
  }

  static Filter of(VersionRef ref) {
    return of(ref.source()).toBuilder()
        .addMust(
            field(
                FieldCondition.newBuilder()
                    .setKey(Payload.VERSION)
                    .setMatch(Match.newBuilder().setInteger(ref.version()))))
        .build();
  }

  private static Common.Condition of(Condition condition) {
    return switch (condition) {
      case Condition.Constant constant ->
          throw new IllegalArgumentException("Not to be asked: " + constant);
      case Condition.All(List<Condition> parts) ->
          part(Filter.newBuilder().addAllMust(each(parts)));
      case Condition.Any(List<Condition> parts) ->
          part(Filter.newBuilder().addAllShould(each(parts)));
      case Condition.Terms(Set<String> terms, boolean there) -> only(there, oneOf(terms));
      case Condition.Extreme number -> only(number.holds(), range(number));
    };
  }

  private static List<Common.Condition> each(List<Condition> parts) {
    return parts.stream().map(QdrantFilters::of).toList();
  }

  private static Common.Condition only(boolean holds, Common.Condition condition) {
    return holds ? condition : part(Filter.newBuilder().addMustNot(condition));
  }

  private static Common.Condition oneOf(Set<String> terms) {
    return field(
        FieldCondition.newBuilder()
            .setKey(Payload.TERMS)
            .setMatch(
                Match.newBuilder().setKeywords(RepeatedStrings.newBuilder().addAllStrings(terms))));
  }

  private static Common.Condition range(Condition.Extreme number) {
    double value = number.value();
    Range.Builder range = Range.newBuilder();
    switch (number.relation()) {
      case GREATER -> range.setGt(value);
      case GREATER_OR_EQUAL -> range.setGte(value);
      case LESS -> range.setLt(value);
      case LESS_OR_EQUAL -> range.setLte(value);
    }
    String bound = number.most() ? Payload.MOST : Payload.LEAST;
    return field(FieldCondition.newBuilder().setKey(bound + "." + number.key()).setRange(range));
  }

  private static Common.Condition equal(String key, String value) {
    return field(
        FieldCondition.newBuilder().setKey(key).setMatch(Match.newBuilder().setKeyword(value)));
  }

  private static Common.Condition field(FieldCondition.Builder field) {
    return Common.Condition.newBuilder().setField(field).build();
  }

  private static Common.Condition part(Filter.Builder filter) {
    return Common.Condition.newBuilder().setFilter(filter).build();
  }
}
