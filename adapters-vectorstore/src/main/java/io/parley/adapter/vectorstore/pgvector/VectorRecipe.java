package io.parley.adapter.vectorstore.pgvector;

import io.parley.adapter.vectorstore.remote.UnitVectors;
import io.parley.domain.document.ChunkId;
import io.parley.domain.port.PortFailure;
import io.parley.domain.retrieval.IndexedVector;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Vectors of length 1, found by HNSW. */
final class VectorRecipe implements TableRecipe<IndexedVector> {
  private static final Logger LOG = LoggerFactory.getLogger(VectorRecipe.class);

  /** Vectors travel as texts: of 4,000 numbers, some megabytes at once. */
  private static final int AT_ONCE = 100;

  private final int dimension;
  private final VectorType type;
  private volatile @Nullable Extension extension;

  VectorRecipe(int dimension) {
    this.dimension = dimension;
    this.type = VectorType.of(dimension);
  }

  @Override
  public String name() {
    return "vectors/1/" + type.name();
  }

  @Override
  public ChunkId idOf(IndexedVector chunk) {
    return chunk.id();
  }

  @Override
  public void check(IndexedVector chunk) {
    UnitVectors.check(chunk.vector(), dimension, PgFailures.BACKEND);
  }

  @Override
  public void prepare(Connection connection) throws SQLException {
    extension = Extension.require(connection);
  }

  private String schema() {
    return Objects.requireNonNull(extension, "prepared before").schema();
  }

  /** A vector's type, for a cast. */
  String cast() {
    return "::" + schema() + "." + type.name();
  }

  /** Cosine distance, 0 to 2. */
  String distance() {
    return "operator(" + schema() + ".<=>)";
  }

  /** As the database reads it. */
  static String text(float[] unit) {
    StringBuilder text = new StringBuilder(unit.length * 12).append('[');
    for (int i = 0; i < unit.length; i++) {
      text.append(i == 0 ? "" : ",").append(unit[i]);
    }
    return text.append(']').toString();
  }

  @Override
  public List<String> tables(IndexTable table) {
    return List.of(table.quoted());
  }

  /**
   * Vectors stay in the row as long as it fits a page, because a search reads many. Values of
   * attributes are not to be in the statistics, from where nobody would remove them.
   */
  @Override
  public void create(Connection connection, IndexTable table) throws SQLException {
    String name = table.quoted();
    Statements.execute(
        connection,
        "create table "
            + name
            + " ("
            + ChunkColumns.TYPES
            + ", embedding "
            + schema()
            + "."
            + type.name()
            + " not null) with (toast_tuple_target = 8160)",
        "alter table "
            + name
            + " alter column ordered set statistics 0, alter column embedding set statistics 0",
        "create index on " + name + " (bot, tenant)",
        "create index on " + name + " (source, version)",
        "create index on " + name + " using gin (attributes)");
    createHnsw(connection, table);
    LOG.info("made the table {} for vectors", name);
  }

  private void createHnsw(Connection connection, IndexTable table) throws SQLException {
    Statements.execute(
        connection,
        "create index on "
            + table.quoted()
            + " using hnsw (embedding "
            + schema()
            + "."
            + type.operators()
            + ")");
  }

  @Override
  public void requireFits(Connection connection, IndexTable table) throws SQLException {
    String found = columnType(connection, table).orElse("nothing that Parley made");
    if (!found.equals(type.name())) {
      throw unfit(table, "is for " + found, "needs " + type.name());
    }
    Optional<String> operators = indexOperators(connection, table);
    if (operators.isEmpty()) {
      LOG.info("the table {} lacks its HNSW index: making it again", table.quoted());
      createHnsw(connection, table);
    } else if (!operators.get().equals(type.operators())) {
      throw unfit(
          table, "is indexed by " + operators.get(), "compares by cosine, " + type.operators());
    }
  }

  private static PortFailure unfit(IndexTable table, String is, String needs) {
    return PgFailures.configuration(
        "The table "
            + table.quoted()
            + " "
            + is
            + ", and this index "
            + needs
            + ": it was made for another embedding model, or by something else. Remove or rename it in"
            + " the database, and start again: it is built again without the model.",
        null);
  }

  /** Without the schema of the extension. */
  private static Optional<String> columnType(Connection connection, IndexTable table)
      throws SQLException {
    return Statements.first(
        connection,
        Sql.of(
            "select y.typname || coalesce('(' || nullif(a.atttypmod, -1) || ')', '')"
                + " from pg_attribute a join pg_type y on y.oid = a.atttypid"
                + " where a.attrelid = to_regclass(?) and a.attname = 'embedding'"
                + " and not a.attisdropped",
            table.quoted()),
        row -> row.getString(1));
  }

  private static Optional<String> indexOperators(Connection connection, IndexTable table)
      throws SQLException {
    return Statements.first(
        connection,
        Sql.of(
            "select o.opcname from pg_index i"
                + " join pg_class c on c.oid = i.indexrelid join pg_am m on m.oid = c.relam"
                + " join pg_opclass o on o.oid = i.indclass[0]"
                + " where i.indrelid = to_regclass(?) and m.amname = 'hnsw' and i.indisvalid"
                + " order by o.opcname like '%cosine%' desc",
            table.quoted()),
        row -> row.getString(1));
  }

  @Override
  public void add(Connection connection, IndexTable table, Collection<IndexedVector> chunks)
      throws SQLException {
    String insert =
        "insert into %s (%s, embedding) values (%s, ?%s)"
            .formatted(table.quoted(), ChunkColumns.NAMES, ChunkColumns.MARKS, cast());
    try (PreparedStatement prepared = connection.prepareStatement(insert)) {
      int waiting = 0;
      for (IndexedVector chunk : chunks) {
        Statements.bind(prepared, values(chunk));
        prepared.addBatch();
        if (++waiting % AT_ONCE == 0) {
          prepared.executeBatch();
        }
      }
      prepared.executeBatch();
    }
  }

  private List<Object> values(IndexedVector chunk) {
    List<Object> values = new ArrayList<>(ChunkColumns.values(chunk.id(), chunk.attributes()));
    values.add(text(UnitVectors.of(chunk.vector(), dimension, PgFailures.BACKEND)));
    return values;
  }

  @Override
  public int remove(Connection connection, IndexTable table, Sql which) throws SQLException {
    return Statements.update(
        connection, Sql.joined(Sql.of("delete from " + table.quoted() + " t where"), which));
  }

  @Override
  public void clear(Connection connection, IndexTable table) throws SQLException {
    Statements.execute(connection, "truncate " + table.quoted());
  }
}
