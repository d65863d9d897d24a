package io.parley.adapter.vectorstore.pgvector;

import io.parley.adapter.vectorstore.terms.AskedWords;
import io.parley.adapter.vectorstore.terms.AskedWords.Reading;
import io.parley.domain.access.BotScope;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.ScoredChunk;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Ranks chunks by BM25 (S. Robertson and H. Zaragoza, <i>The Probabilistic Relevance Framework:
 * BM25 and Beyond</i>, Foundations and Trends in Information Retrieval 3(4), 2009, section 3), in
 * one statement. A word w of a chunk of length l counts
 *
 * <pre>ln(1 + (N - n + 0.5) / (n + 0.5)) · t / (t + k1 · (1 - b + b · l / L))</pre>
 *
 * where t is how often it stands there, n how many of the bot's N chunks have it, and L their mean
 * length. The 1 in the logarithm keeps words that most chunks have above 0, as Lucene does; k1 and
 * b are those of the index in the process. Of a word's readings the best counts, plus a part of the
 * others. Numbers are the bot's own: what others write changes no ranking.
 */
record WordSearch(Database database, IndexTable table) {
  private static final double K1 = 0.9;
  private static final double B = 0.4;

  /** Each reading in each chunk that has it, whether it passes or not: all of them are counted. */
  private static final String HITS =
      """
      with hits as materialized (
        select q.word, q.key, q.chunks, q.length as mean, t.id,
          case when q.exact then t.exact_length else t.stem_length end as length,
          t.times[array_position(t.words, q.key)]::float8 as times,
      """;

  /** Scores are added in billionths, as whole numbers, whose sum has no order. */
  private static final String RANKED =
      """
      ), counts as (
        select word, key, count(*) as having_it from hits group by word, key
      ), readings as (
        select id, word, (1e9 * ln(1 + (chunks - having_it + 0.5) / (having_it + 0.5)) * times
          / (times + ? * (1 - ? + ? * length / mean)))::bigint as score
        from hits join counts using (word, key) where passes
      ), words as (
        select id, word, max(score) + (? * (sum(score) - max(score)))::bigint as score
        from readings group by id, word
      )
      select id, greatest(sum(score), 1) / 1e9 as score from words group by id
      order by score desc, id limit ?
      """;

  /** Chunks of the bot by analyser, and their words. */
  private record Analysed(String analyser, long chunks, double exact, double stems) {}

  List<ScoredChunk> best(BotScope scope, String query, int limit, Filter filter) {
    return database.inTransaction(connection -> {
      List<Analysed> analysed = analysed(connection, scope);
      Asked asked = new Asked(scope, analysed, query);
      return asked.keys.isEmpty()
          ? List.of()
          : Statements.list(
              connection,
              ranking(asked, scope, limit, filter),
              row -> new ScoredChunk(HeldChunks.id(row), row.getDouble("score")));
    });
  }

  /** Common words make long lists, which are to stay in memory. */
  private List<Analysed> analysed(Connection connection, BotScope scope) throws SQLException {
    Sql find =
        Sql.joined(
            Sql.of(
                "select t.*, set_config('work_mem', '64MB', true),"
                    + " set_config('plan_cache_mode', 'force_custom_plan', true) from "
                    + WordRecipe.sums(table)
                    + " t where"),
            ChunkColumns.in(scope));
    return Statements.list(
        connection,
        find,
        row ->
            new Analysed(
                row.getString("analyser"),
                row.getLong("chunks"),
                row.getDouble("exact_length"),
                row.getDouble("stem_length")));
  }

  /** The keys of all readings of all words, in columns. */
  private static final class Asked {
    private final List<Long> keys = new ArrayList<>();
    private final List<Integer> words = new ArrayList<>();
    private final List<Long> chunks = new ArrayList<>();
    private final List<Double> lengths = new ArrayList<>();
    private final List<Boolean> exact = new ArrayList<>();
    private final Map<String, Analysed> analysed = new HashMap<>();

    Asked(BotScope scope, List<Analysed> ofBot, String query) {
      ScopeKeys scoped = new ScopeKeys(scope.tenant(), scope.bot());
      ofBot.forEach(one -> analysed.put(one.analyser(), one));
      analysed.put(AskedWords.EXACT, all(ofBot));
      List<String> stemming =
          ofBot.stream()
              .map(Analysed::analyser)
              .filter(name -> !name.equals(AskedWords.EXACT))
              .sorted()
              .toList();
      int word = 0;
      for (Set<Reading> readings :
          ofBot.isEmpty() ? List.<Set<Reading>>of() : AskedWords.of(query, stemming)) {
        for (Reading reading : readings) {
          add(word, reading, scoped.word(reading.analyser(), reading.term()));
        }
        word++;
      }
    }

    /** Exact forms are kept whatever the analyser. */
    private static Analysed all(List<Analysed> ofBot) {
      return new Analysed(
          AskedWords.EXACT,
          ofBot.stream().mapToLong(Analysed::chunks).sum(),
          ofBot.stream().mapToDouble(Analysed::exact).sum(),
          0);
    }

    private void add(int word, Reading reading, long key) {
      Analysed of = Objects.requireNonNull(analysed.get(reading.analyser()));
      boolean isExact = reading.analyser().equals(AskedWords.EXACT);
      keys.add(key);
      words.add(word);
      chunks.add(of.chunks());
      lengths.add(Math.max(1, (isExact ? of.exact() : of.stems()) / of.chunks()));
      exact.add(isExact);
    }
  }

  private Sql ranking(Asked asked, BotScope scope, int limit, Filter filter) {
    return Sql.joined(
        Sql.of(HITS),
        FilterSql.of(scope, filter),
        Sql.of(
            """
              as passes
              from unnest(?, ?, ?, ?, ?) as q (key, word, chunks, length, exact)
              join %s t on t.words @> array[q.key] and
            """
                .formatted(table.quoted()),
            asked.keys.toArray(Long[]::new),
            asked.words.toArray(Integer[]::new),
            asked.chunks.toArray(Long[]::new),
            asked.lengths.toArray(Double[]::new),
            asked.exact.toArray(Boolean[]::new)),
        ChunkColumns.in(scope),
        Sql.of(RANKED, K1, B, B, (double) AskedWords.OTHERS, limit));
  }
}
