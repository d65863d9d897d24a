package io.parley.bootstrap.server;

import io.parley.adapter.vectorstore.lucene.LuceneKeywordIndex;
import io.parley.adapter.vectorstore.lucene.LuceneKeywordIndexConfig;
import io.parley.adapter.vectorstore.pgvector.PgKeywordIndex;
import io.parley.adapter.vectorstore.pgvector.PgKeywordIndexConfig;
import io.parley.application.check.KeywordIndexProbe;
import io.parley.application.check.Probe;
import io.parley.application.check.Subject;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.IdSource;
import io.parley.domain.port.vectorstore.KeywordIndex;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The keyword index that the settings name, tried with an index of its own. */
record CheckedWords(Settings settings, Path scratch, IndexDatabase database) {

  /** Words in the embedded database are not tried by themselves: a server that runs owns it. */
  List<Probe> probes() {
    if (settings.vectors().words().equals(KeywordIndexes.EMBEDDED)) {
      return List.of(
          probe(
              new Subject(
                  "embedded words",
                  "Check PARLEY_DATA_DIR, its permissions and the space on its disk."),
              "the index in " + scratch,
              this::embedded));
    }
    if (settings.database() == null) {
      return List.of();
    }
    String table = "words_" + UUID.randomUUID().toString().replace("-", "");
    return List.of(
        probe(
            new Subject(
                "words in PostgreSQL",
                "Check DATABASE_URL and the rights of its user; docs/setup/postgresql.md says how it"
                    + " is set up."),
            table + " in PostgreSQL",
            () -> PgKeywordIndex.open(new PgKeywordIndexConfig(database.dataSource(), table))));
  }

  private KeywordIndex embedded() {
    return LuceneKeywordIndex.open(
        new LuceneKeywordIndexConfig(new DataDirectory(scratch).words()));
  }

  private static Probe probe(Subject subject, String place, Supplier<KeywordIndex> opener) {
    return new KeywordIndexProbe(subject, place, IdSource.random(), opener);
  }
}
