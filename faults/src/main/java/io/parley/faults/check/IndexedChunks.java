package io.parley.faults.check;

import io.parley.faults.ledger.Canary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** What the last commit of a Lucene directory holds, read by Lucene's reader alone. */
final class IndexedChunks {
  private static final String ID = "id";
  private static final String VECTOR = "vector";
  private static final String CANARY = "canary";
  private static final UUID NOBODY = new UUID(0, 0);

  private final List<UUID> ids = new ArrayList<>();
  private final Map<UUID, float[]> vectors = new HashMap<>();
  private final Map<String, Set<UUID>> canaries = new HashMap<>();
  private final Set<String> deletedCanaries = new HashSet<>();
  private final long position;

  private IndexedChunks(long position) {
    this.position = position;
  }

  static IndexedChunks read(Path directory) throws IOException {
    try (FSDirectory files = FSDirectory.open(directory);
        DirectoryReader reader = DirectoryReader.open(files)) {
      Map<String, String> commit = reader.getIndexCommit().getUserData();
      IndexedChunks chunks =
          new IndexedChunks(Long.parseLong(commit.getOrDefault("parley.position", "-1")));
      for (LeafReaderContext leaf : reader.leaves()) {
        chunks.read(leaf.reader());
      }
      return chunks;
    }
  }

  private void read(LeafReader leaf) throws IOException {
    UUID[] named = idsOf(leaf);
    Bits live = leaf.getLiveDocs();
    for (int doc = 0; doc < leaf.maxDoc(); doc++) {
      if (live == null || live.get(doc)) {
        ids.add(named[doc]);
      }
    }
    readVectors(leaf, live, named);
    readCanaries(leaf, live, named);
  }

  private static UUID[] idsOf(LeafReader leaf) throws IOException {
    UUID[] named = new UUID[leaf.maxDoc()];
    SortedDocValues values = leaf.getSortedDocValues(ID);
    for (int doc = 0; doc < named.length; doc++) {
      named[doc] =
          values != null && values.advanceExact(doc)
              ? uuid(values.lookupOrd(values.ordValue()))
              : NOBODY;
    }
    return named;
  }

  private static UUID uuid(BytesRef bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private void readVectors(LeafReader leaf, @Nullable Bits live, UUID[] named) throws IOException {
    FloatVectorValues values = leaf.getFloatVectorValues(VECTOR);
    if (values == null) {
      return;
    }
    KnnVectorValues.DocIndexIterator docs = values.iterator();
    for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
      if (live == null || live.get(doc)) {
        vectors.put(named[doc], values.vectorValue(docs.index()).clone());
      }
    }
  }

  private void readCanaries(LeafReader leaf, @Nullable Bits live, UUID[] named) throws IOException {
    for (FieldInfo field : leaf.getFieldInfos()) {
      Terms terms = field.getIndexOptions() == IndexOptions.NONE ? null : leaf.terms(field.name);
      if (terms != null) {
        readCanaries(terms.iterator(), live, named);
      }
    }
  }

  private void readCanaries(TermsEnum terms, @Nullable Bits live, UUID[] named) throws IOException {
    if (terms.seekCeil(new BytesRef(CANARY)) == TermsEnum.SeekStatus.END) {
      return;
    }
    for (BytesRef term = terms.term(); isCanary(term); term = terms.next()) {
      readPostings(text(term), terms.postings(null, PostingsEnum.NONE), live, named);
    }
  }

  private static boolean isCanary(@Nullable BytesRef term) {
    return term != null && Canary.PATTERN.matcher(text(term)).lookingAt();
  }

  /** Ids are terms too, and no text. */
  private static String text(BytesRef term) {
    return new String(term.bytes, term.offset, term.length, StandardCharsets.ISO_8859_1);
  }

  private void readPostings(String word, PostingsEnum docs, @Nullable Bits live, UUID[] named)
      throws IOException {
    for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
      if (live == null || live.get(doc)) {
        canaries.computeIfAbsent(word, _ -> new HashSet<>()).add(named[doc]);
      } else {
        deletedCanaries.add(word);
      }
    }
  }

  /** Every chunk that searches can find, as often as it is there. */
  List<UUID> ids() {
    return ids;
  }

  Map<UUID, float[]> vectors() {
    return vectors;
  }

  /** Which chunks each canary word leads to. */
  Map<String, Set<UUID>> canaries() {
    return canaries;
  }

  /** Words that no search finds, but whose bytes stay in the files until Lucene merges them. */
  Set<String> deletedCanaries() {
    return deletedCanaries;
  }

  /** How far it has followed the log. */
  long position() {
    return position;
  }
}
