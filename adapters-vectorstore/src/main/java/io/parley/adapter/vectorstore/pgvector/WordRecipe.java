package io.parley.adapter.vectorstore.pgvector;

import io.parley.adapter.vectorstore.terms.WordAnalysis;
import io.parley.domain.account.TenantId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.ChunkId;
import io.parley.domain.retrieval.IndexedWords;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Words as keys with how often each stands in the chunk. Beside the table there is one of sums for
 * each bot and analyser, which ranking needs; it changes with the table.
 */
final class WordRecipe implements TableRecipe<IndexedWords> {
  private static final Logger LOG = LoggerFactory.getLogger(WordRecipe.class);

  @Override
  public String name() {
    return "words/1/" + WordAnalysis.VERSION;
  }

  @Override
  public ChunkId idOf(IndexedWords chunk) {
    return chunk.id();
  }

  @Override
  public void check(IndexedWords chunk) {
    // Every text can be indexed.
  }

  @Override
  public void prepare(Connection connection) {
    // Every PostgreSQL can hold it.
  }

  static String sums(IndexTable table) {
    return table.beside(table.name() + "_sums");
  }

  /**
   * What waits to be put into the index of words would be gone through by every search, so nothing
   * waits. Values of attributes are not to be in the statistics, from where nobody would remove
   * them.
   */
  @Override
  public void create(Connection connection, IndexTable table) throws SQLException {
    String name = table.quoted();
    Statements.execute(
        connection,
        "drop table if exists " + String.join(", ", tables(table)),
        "create table "
            + name
            + " ("
            + ChunkColumns.TYPES
            + """
            , analyser text not null, exact_length integer not null, stem_length integer not null,
              words bigint[] not null, times smallint[] not null
            ) with (toast_tuple_target = 8160)
            """,
        "alter table "
            + name
            + " alter column ordered set statistics 0, alter column words set statistics 0,"
            + " alter column times set statistics 0",
        "create index on " + name + " (source, version)",
        "create index on " + name + " using gin (words) with (fastupdate = off)",
        "create table "
            + sums(table)
            + """
             (tenant uuid, bot uuid, analyser text, chunks bigint not null,
              exact_length bigint not null, stem_length bigint not null,
              primary key (tenant, bot, analyser))
            """);
    LOG.info("made the table {} for words", name);
  }

  @Override
  public List<String> tables(IndexTable table) {
    return List.of(table.quoted(), sums(table));
  }

  @Override
  public void requireFits(Connection connection, IndexTable table) {
    // Another version of the words has another name.
  }

  @Override
  public void add(Connection connection, IndexTable table, Collection<IndexedWords> chunks)
      throws SQLException {
    Sums sums = new Sums();
    String insert =
        "insert into %s (%s, analyser, exact_length, stem_length, words, times) values (%s, ?, ?, ?, ?, ?)"
            .formatted(table.quoted(), ChunkColumns.NAMES, ChunkColumns.MARKS);
    try (PreparedStatement prepared = connection.prepareStatement(insert)) {
      for (IndexedWords chunk : chunks) {
        WordCounts counts = WordCounts.of(chunk);
        Statements.bind(prepared, values(chunk, counts));
        prepared.addBatch();
        sums.add(chunk, counts);
      }
      prepared.executeBatch();
    }
    sums.write(connection, sums(table));
  }

  private static List<Object> values(IndexedWords chunk, WordCounts counts) {
    List<Object> values = new ArrayList<>(ChunkColumns.values(chunk.id(), chunk.attributes()));
    values.add(counts.analyser());
    values.add(counts.exactLength());
    values.add(counts.stemLength());
    values.add(counts.keys());
    values.add(counts.counts());
    return values;
  }

  private record Bot(TenantId tenant, BotId bot, String analyser) {}

  private record Sum(long chunks, long exact, long stems) {
    Sum plus(Sum other) {
      return new Sum(chunks + other.chunks, exact + other.exact, stems + other.stems);
    }
  }

  private static final class Sums {
    private final Map<Bot, Sum> sums = new HashMap<>();

    void add(IndexedWords chunk, WordCounts counts) {
      Bot bot = new Bot(chunk.attributes().tenant(), chunk.attributes().bot(), counts.analyser());
      sums.merge(bot, new Sum(1, counts.exactLength(), counts.stemLength()), Sum::plus);
    }

    void write(Connection connection, String table) throws SQLException {
      for (Map.Entry<Bot, Sum> entry : sums.entrySet()) {
        Bot bot = entry.getKey();
        Sum sum = entry.getValue();
        Statements.update(
            connection,
            Sql.of(
                "insert into "
                    + table
                    + """
                     as s values (?, ?, ?, ?, ?, ?)
                    on conflict (tenant, bot, analyser) do update
                    set chunks = s.chunks + excluded.chunks,
                      exact_length = s.exact_length + excluded.exact_length,
                      stem_length = s.stem_length + excluded.stem_length
                    """,
                bot.tenant().value(),
                bot.bot().value(),
                bot.analyser(),
                sum.chunks(),
                sum.exact(),
                sum.stems()));
      }
    }
  }

  @Override
  public int remove(Connection connection, IndexTable table, Sql which) throws SQLException {
    Sql delete =
        Sql.joined(
            Sql.of("with gone as (delete from " + table.quoted() + " t where"),
            which,
            counted(sums(table)));
    int removed = Statements.first(connection, delete, row -> row.getInt(1)).orElse(0);
    if (removed > 0) {
      Statements.execute(connection, "delete from " + sums(table) + " where chunks <= 0");
    }
    return removed;
  }

  /** What was removed goes from the sums in the same statement. */
  private static Sql counted(String sums) {
    return Sql.of(
        """
         returning tenant, bot, analyser, exact_length, stem_length
        ), parts as (
          select tenant, bot, analyser, count(*) as chunks,
            sum(exact_length) as exact_length, sum(stem_length) as stem_length
          from gone group by tenant, bot, analyser
        ), less as (
          update %s s set chunks = s.chunks - parts.chunks,
            exact_length = s.exact_length - parts.exact_length,
            stem_length = s.stem_length - parts.stem_length
          from parts
          where s.tenant = parts.tenant and s.bot = parts.bot and s.analyser = parts.analyser
        )
        select count(*) from gone
        """
            .formatted(sums));
  }

  @Override
  public void clear(Connection connection, IndexTable table) throws SQLException {
    Statements.execute(connection, "truncate " + String.join(", ", tables(table)));
  }
}
