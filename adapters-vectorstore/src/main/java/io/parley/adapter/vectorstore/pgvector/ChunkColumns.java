package io.parley.adapter.vectorstore.pgvector;

import io.parley.adapter.vectorstore.terms.AttributeTerms;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.ChunkAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.lucene.util.BytesRef;

/** The columns that every index has beside its vectors or words. */
final class ChunkColumns {

  /**
   * {@code attributes} has a key for every value and path, {@code ordered} the terms themselves,
   * whose order is the values' order.
   */
  static final String TYPES =
      """
      id uuid primary key,
      tenant uuid not null,
      bot uuid not null,
      source uuid not null,
      version integer not null,
      attributes bigint[] not null,
      ordered bytea[] not null
      """;

  static final String NAMES = "id, tenant, bot, source, version, attributes, ordered";
  static final String MARKS = "?, ?, ?, ?, ?, ?, ?";

  private ChunkColumns() {}

  static List<Object> values(ChunkId id, ChunkAttributes attributes) {
    Set<BytesRef> terms = AttributeTerms.of(attributes);
    ScopeKeys keys = new ScopeKeys(attributes.tenant(), attributes.bot());
    return List.of(
        id.value(),
        attributes.tenant().value(),
        attributes.bot().value(),
        attributes.ref().source().value(),
        attributes.ref().version(),
        terms.stream().map(keys::attribute).toArray(Long[]::new),
        terms.stream()
            .filter(AttributeTerms::hasOrder)
            .map(ChunkColumns::bytes)
            .toArray(byte[][]::new));
  }

  static byte[] bytes(BytesRef term) {
    return Arrays.copyOfRange(term.bytes, term.offset, term.offset + term.length);
  }

  /** Chunks of the scope's bot, in a table {@code t}. */
  static Sql in(BotScope scope) {
    return Sql.of("t.tenant = ? and t.bot = ?", scope.tenant().value(), scope.bot().value());
  }

  static Sql of(SourceId source) {
    return Sql.of("t.source = ?", source.value());
  }

  static Sql of(VersionRef ref) {
    return Sql.of("t.source = ? and t.version = ?", ref.source().value(), ref.version());
  }

  static Sql of(List<ChunkId> ids) {
    return Sql.of(
        "t.id = any (?)", (Object) ids.stream().map(ChunkId::value).toArray(java.util.UUID[]::new));
  }
}
