package io.parley.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.faults.RunReport;
import io.parley.faults.ledger.Expectations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Indexes, files and rows are damaged, and the check says so. */
class PlantedDamageIT extends PlantedDamage {

  /** What makes an index wrong. */
  @FunctionalInterface
  private interface Change {
    void on(IndexWriter writer) throws IOException;
  }

  private static void change(Path index, Change change) throws IOException {
    try (FSDirectory directory = FSDirectory.open(index)) {
      IndexWriterConfig config = new IndexWriterConfig();
      try (IndexWriter writer = new IndexWriter(directory, config)) {
        List<Map.Entry<String, String>> position = new ArrayList<>();
        writer.getLiveCommitData().forEach(position::add);
        change.on(writer);
        writer.setLiveCommitData(position);
      }
    }
  }

  private static BytesRef bytes(UUID id) {
    ByteBuffer buffer = ByteBuffer.allocate(16);
    buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return new BytesRef(buffer.array());
  }

  private static Document chunk(UUID id) {
    Document document = new Document();
    document.add(new StringField("id", bytes(id), Field.Store.NO));
    document.add(new SortedDocValuesField("id", bytes(id)));
    return document;
  }

  private static Document vector(UUID id) {
    Document document = chunk(id);
    float[] vector = new float[64];
    vector[0] = 1;
    document.add(new KnnFloatVectorField("vector", vector, VectorSimilarityFunction.DOT_PRODUCT));
    return document;
  }

  @Test
  void nothingIsWrongWithStoresThatNobodyDamaged() throws Exception {
    Findings findings = StoreCheck.of(stores, samples.expectations());

    assertThat(findings.violations()).isEmpty();
    assertThat(findings.counts().get("serving chunks")).isPositive();
    assertThat(findings.counts().get("erased words looked for")).isPositive();
    assertThat(findings.counts().get("blobs")).isPositive();
  }

  @Test
  void aVectorTooManyIsNoticed() throws Exception {
    change(stores.vectors(), writer -> writer.addDocument(vector(UUID.randomUUID())));
    assertThat(broken()).containsExactly("a chunk too many is in the vectors");
  }

  @Test
  void wordsTooManyAreNoticed() throws Exception {
    change(stores.words(), writer -> writer.addDocument(chunk(UUID.randomUUID())));
    assertThat(broken()).containsExactly("a chunk too many is in the words");
  }

  @Test
  void aVectorTwiceIsNoticed() throws Exception {
    UUID chunk = anyChunk();
    change(stores.vectors(), writer -> writer.addDocument(vector(chunk)));
    assertThat(broken()).contains("a chunk is twice in the vectors");
  }

  @Test
  void aMissingVectorIsNoticed() throws Exception {
    UUID chunk = anyChunk();
    change(stores.vectors(), writer -> writer.deleteDocuments(new Term("id", bytes(chunk))));
    assertThat(broken()).containsExactly("a chunk is missing from the vectors");
  }

  @Test
  void anotherVectorThanTheOneThatIsKeptIsNoticed() throws Exception {
    UUID chunk = anyChunk();
    change(
        stores.vectors(),
        writer -> writer.updateDocument(new Term("id", bytes(chunk)), vector(chunk)));
    assertThat(broken()).containsExactly("a vector is not the embedding that is kept");
  }

  @Test
  void wordsTwiceAndWordsMissingAreNoticed() throws Exception {
    UUID chunk = anyChunk();
    change(stores.words(), writer -> writer.addDocument(chunk(chunk)));
    assertThat(broken()).containsExactly("a chunk is twice in the words");
    change(stores.words(), writer -> writer.deleteDocuments(new Term("id", bytes(chunk))));
    assertThat(broken())
        .contains("a chunk is missing from the words", "a chunk is not found by its words");
  }

  @Test
  void anErasedWordInTheIndexIsNoticed() throws Exception {
    Document document = chunk(UUID.randomUUID());
    FieldType words = new FieldType(TextField.TYPE_NOT_STORED);
    words.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    document.add(new Field("exact", erasedWord(), words));
    change(stores.words(), writer -> writer.addDocument(document));
    assertThat(broken()).contains("an erased word is in the index");
  }

  @Test
  void anIndexThatIsBehindIsNoticed() throws Exception {
    change(
        stores.words(), writer -> writer.deleteDocuments(new Term("id", bytes(UUID.randomUUID()))));
    sql(
        "insert into change_log select position + 1, gen_random_uuid(), 'source_removed', tenant_id, bot_id,"
            + " gen_random_uuid(), null from change_log order by position desc limit 1");
    sql("update change_log_head set position = position + 1");
    assertThat(broken())
        .contains(
            "an index has not followed the log, the words",
            "an index has not followed the log, the vectors");
  }

  @Test
  void aMissingBlobIsNoticed() throws Exception {
    Files.delete(someBlob());
    assertThat(broken()).containsExactly("a blob is missing");
  }

  @Test
  void aWrongByteInABlobIsNoticed() throws Exception {
    Path blob = someBlob();
    byte[] bytes = Files.readAllBytes(blob);
    bytes[bytes.length / 2] ^= 1;
    Files.write(blob, bytes);
    assertThat(broken()).containsExactly("a blob has wrong bytes");
  }

  @Test
  void theFileOfAnErasedDocumentIsNoticedAndAnUnknownOneIsLeftToTheReconciler() throws Exception {
    Path documents = ownersBlobs();
    Path unknown = documents.resolve(UUID.randomUUID().toString());
    Files.createDirectories(unknown);
    Files.writeString(unknown.resolve("a.txt"), "cut off", StandardOpenOption.CREATE);
    Findings cutOff = StoreCheck.of(stores, samples.expectations());
    assertThat(cutOff.violations()).isEmpty();
    assertThat(cutOff.counts()).containsEntry("files for the reconciler", 1L);

    Path left = Files.createDirectories(documents.resolve(erased().id()));
    Files.writeString(left.resolve("a.txt"), erasedWord(), StandardOpenOption.CREATE);
    assertThat(broken()).containsExactly("an erased document has left its file");
  }

  @Test
  void anErasedWordInAnOldConversationIsNoticed() throws Exception {
    sql(
        "update messages set content = '"
            + erasedWord()
            + "' where id = (select id from messages where role = 'assistant' limit 1)");
    assertThat(broken()).containsExactly("an erased word is in the table messages");
  }

  @Test
  void aRowThatIsWrittenAgainComesOrGoesIsNoticed() throws Exception {
    try (Connection connection = stores.connect()) {
      List<String> sources = Rows.texts(connection, "select distinct source_id::text from chunks");
      UntouchedRows before = UntouchedRows.of(connection, sources);
      assertThat(before.size()).isPositive();
      assertThat(before.changed(connection)).isEmpty();

      sql("update embeddings set vector = vector where chunk_id = '" + anyChunk() + "'");
      assertThat(before.changed(connection))
          .extracting(Violation::rule)
          .containsExactly("a row was written again");
      sql("update pages set number = number + 100 where source_id = '" + sources.getFirst() + "'");
      assertThat(before.changed(connection))
          .extracting(Violation::rule)
          .contains("a row is gone that was there before", "a row came that was not there before");
    }
  }

  @Test
  void anAcknowledgedDocumentThatIsGoneIsNoticed() throws Exception {
    sql("update sources set tombstoned_at = now() where tombstoned_at is null");
    assertThat(broken()).contains("an acknowledged document is gone");
  }

  @Test
  void anErasedDocumentThatIsShownAgainIsNoticed() throws Exception {
    showErasedAgain();
    assertThat(broken()).contains("an erased source is still in source_versions");
    sql("update sources set tombstoned_at = null, newest_version = 1");
    sql("update bots set tombstoned_at = null");
    assertThat(broken()).contains("an erased document is still shown");
  }

  @Test
  void twoDocumentsOfTheSameBytesAreNoticed() throws Exception {
    sql("update source_versions set sha256 = md5('a') || md5('a')");
    assertThat(broken()).contains("the same bytes are two documents");
  }

  @Test
  void workThatIsLeftAndAnErasureThatIsNotCompletedAreNoticed() throws Exception {
    sql("update erasures set state = 'pending'");
    sql(
        "insert into jobs (id, kind, tenant_id, owner_id, bot_id, state, not_before) select gen_random_uuid(),"
            + " 'ingest', tenant_id, owner_id, id, 'queued', now() from bots limit 1");
    assertThat(broken()).contains("an erasure was not verified", "work is left");
  }

  @Test
  void whatAClientSawIsAViolation(@TempDir Path directory) throws Exception {
    Path ledger = directory.resolve("ledger");
    Files.writeString(ledger, "violation\tNeither version answered\n");
    assertThat(StoreCheck.of(stores, Expectations.of(ledger)).violations())
        .extracting(Violation::rule)
        .containsExactly("a client saw");
  }

  @Test
  void anErasedWordInAnyFileIsNoticed(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("wal"), "\0\1" + erasedWord() + "\377");
    Set<String> erased = Set.of(erasedWord());
    assertThat(FileCheck.of(directory, erased, Set.of()).violations())
        .extracting(Violation::rule)
        .containsExactly("an erased word is in a file");
    assertThat(FileCheck.of(directory, erased, Set.of("wal")).violations()).isEmpty();
  }

  @Test
  void whatTheReconcilerFindsIsNoticed() throws Exception {
    change(stores.vectors(), writer -> writer.addDocument(vector(UUID.randomUUID())));
    Path left = Files.createDirectories(ownersBlobs().resolve(erased().id()));
    Files.writeString(left.resolve("a.txt"), "no word of anything");

    RunReport report = samples.examine(stores);

    assertThat(report.found()).contains("a chunk too many is in the vectors", "a client saw");
    assertThat(report.details())
        .anyMatch(seen -> seen.startsWith("The reconciler found something: "))
        .noneMatch(seen -> seen.startsWith("What was erased came back"));
  }
}
