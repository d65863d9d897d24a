package io.parley.adapter.persistence;

import io.parley.domain.retrieval.EmbeddingModel;
import java.sql.SQLException;
import java.util.Optional;

/** The rows of embedding models. */
final class EmbeddingModels {

  private final Sql sql;

  EmbeddingModels(Sql sql) {
    this.sql = sql;
  }

  Optional<Integer> idOf(EmbeddingModel model) {
    return sql.find(
        "select id from embedding_models where provider = ? and name = ? and dimension = ?",
        row -> row.integer("id"),
        model.provider(),
        model.name(),
        model.dimension());
  }

  int idOfNew(EmbeddingModel model) {
    return idOf(model)
        .orElseGet(() -> {
          sql.update(
              "insert into embedding_models (provider, name, dimension) values (?, ?, ?)"
                  + " on conflict do nothing",
              model.provider(),
              model.name(),
              model.dimension());
          return idOf(model).orElseThrow();
        });
  }

  static EmbeddingModel model(Row row) throws SQLException {
    return new EmbeddingModel(row.text("provider"), row.text("name"), row.integer("dimension"));
  }
}
