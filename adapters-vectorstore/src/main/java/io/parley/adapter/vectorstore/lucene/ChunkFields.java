package io.parley.adapter.vectorstore.lucene;

import io.parley.adapter.vectorstore.terms.AttributeTerms;
import io.parley.domain.account.TenantId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.ChunkAttributes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/** The fields that every index has beside its vectors or words. */
final class ChunkFields {

  static final String ID = "id";
  static final String ATTRIBUTE = "attribute";
  private static final String SCOPE = "scope";
  private static final String SOURCE = "source";
  private static final String VERSION = "version";

  private ChunkFields() {}

  /** A document that can be found by its id, source, version, scope and attributes. */
  static Document document(ChunkId id, ChunkAttributes attributes) {
    Document document = new Document();
    add(document, id(id));
    document.add(new SortedDocValuesField(ID, bytes(id.value())));
    add(document, scope(attributes.tenant(), attributes.bot()));
    add(document, source(attributes.ref().source()));
    add(document, version(attributes.ref()));
    AttributeTerms.of(attributes)
        .forEach(term -> document.add(new StringField(ATTRIBUTE, term, Store.NO)));
    return document;
  }

  static void add(Document document, Term term) {
    document.add(new StringField(term.field(), term.bytes(), Store.NO));
  }

  static Term id(ChunkId id) {
    return new Term(ID, bytes(id.value()));
  }

  /** Tenant and bot in one term: neither can be forgotten. */
  static Term scope(TenantId tenant, BotId bot) {
    return new Term(SCOPE, bytes(tenant.value(), bot.value()));
  }

  static Term source(SourceId source) {
    return new Term(SOURCE, bytes(source.value()));
  }

  static Term version(VersionRef ref) {
    byte[] source = bytes(ref.source().value()).bytes;
    return new Term(
        VERSION, new BytesRef(ByteBuffer.allocate(20).put(source).putInt(ref.version()).array()));
  }

  static SortedDocValues ids(LeafReader leaf) throws IOException {
    return DocValues.getSorted(leaf, ID);
  }

  static ChunkId idAt(SortedDocValues ids, int doc) throws IOException {
    if (!ids.advanceExact(doc)) {
      throw new IllegalStateException("A chunk without an id.");
    }
    return idOf(ids.lookupOrd(ids.ordValue()));
  }

  static ChunkId idOf(BytesRef bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
    return new ChunkId(new UUID(buffer.getLong(), buffer.getLong()));
  }

  static BytesRef bytes(UUID... ids) {
    ByteBuffer buffer = ByteBuffer.allocate(16 * ids.length);
    for (UUID id : ids) {
      buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return new BytesRef(buffer.array());
  }
}
