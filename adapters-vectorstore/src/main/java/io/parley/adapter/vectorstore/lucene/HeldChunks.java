package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.document.ChunkId;
import io.parley.domain.port.Portion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiBits;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Walks the ids of an index in their order, as its dictionary of terms has them. */
final class HeldChunks {

  private final @Nullable Terms terms;
  private final @Nullable Bits live;

  HeldChunks(IndexReader reader) throws IOException {
    this.terms = MultiTerms.getTerms(reader, ChunkFields.ID);
    this.live = MultiBits.getLiveDocs(reader);
  }

  /** The ids after the given one, each once. */
  Portion<ChunkId> after(@Nullable String from, int limit) throws IOException {
    List<ChunkId> found = new ArrayList<>();
    TermsEnum all = terms == null ? TermsEnum.EMPTY : terms.iterator();
    for (BytesRef id = first(all, from); id != null; id = all.next()) {
      if (copies(all) > 0) {
        found.add(ChunkFields.idOf(id));
        if (found.size() == limit) {
          return new Portion<>(found, found.getLast().toString());
        }
      }
    }
    return new Portion<>(found, null);
  }

  private static @Nullable BytesRef first(TermsEnum all, @Nullable String from) throws IOException {
    if (from == null) {
      return all.next();
    }
    BytesRef last = ChunkFields.bytes(UUID.fromString(from));
    return switch (all.seekCeil(last)) {
      case FOUND -> all.next();
      case NOT_FOUND -> all.term();
      case END -> null;
    };
  }

  /** How often each is held; those that are not are missing. */
  Map<ChunkId, Integer> of(Collection<ChunkId> ids) throws IOException {
    Map<ChunkId, Integer> held = new HashMap<>();
    TermsEnum all = terms == null ? TermsEnum.EMPTY : terms.iterator();
    for (ChunkId id : ids) {
      int copies = all.seekExact(ChunkFields.id(id).bytes()) ? copies(all) : 0;
      if (copies > 0) {
        held.put(id, copies);
      }
    }
    return held;
  }

  private int copies(TermsEnum at) throws IOException {
    PostingsEnum documents = at.postings(null, PostingsEnum.NONE);
    int copies = 0;
    for (int document = documents.nextDoc();
        document != DocIdSetIterator.NO_MORE_DOCS;
        document = documents.nextDoc()) {
      copies += live == null || live.get(document) ? 1 : 0;
    }
    return copies;
  }
}
