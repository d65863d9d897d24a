package io.parley.bootstrap.server;

import io.parley.adapter.vectorstore.lucene.LuceneVectorStore;
import io.parley.adapter.vectorstore.lucene.LuceneVectorStoreConfig;
import io.parley.adapter.vectorstore.pgvector.PgVectorStore;
import io.parley.adapter.vectorstore.pgvector.PgVectorStoreConfig;
import io.parley.adapter.vectorstore.pinecone.PineconeVectorStore;
import io.parley.adapter.vectorstore.pinecone.PineconeVectorStoreConfig;
import io.parley.adapter.vectorstore.qdrant.QdrantVectorStore;
import io.parley.adapter.vectorstore.qdrant.QdrantVectorStoreConfig;
import io.parley.bootstrap.settings.VectorSettings;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the store that a generation was made for. A further one is a name in the settings and a
 * line in {@link #open} and {@link #settingsOf}. A store's client is loaded when it is opened.
 */
record VectorStores(VectorSettings settings, DataDirectory directory, IndexDatabase database) {
  private static final Logger LOG = LoggerFactory.getLogger(VectorStores.class);
  private static final String PGVECTOR = "pgvector";
  private static final String TABLE = "table";
  private static final String COLLECTION = "collection";
  private static final String INDEX = "index";

  /**
   * What a first generation keeps, so that it is found again whatever is set later.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the database cannot hold its vectors
   */
  Map<String, String> settingsOf(EmbeddingModel model, GenerationId id) {
    return settingsOf(settings.chosen(), settings.words(), model, id);
  }

  /**
   * The same for a generation elsewhere than the settings choose.
   *
   * @param words where the words are indexed, a name of {@code PARLEY_KEYWORD_INDEX}
   */
  Map<String, String> settingsOf(
      String store, String words, EmbeddingModel model, GenerationId id) {
    if (store.equals(PGVECTOR)) {
      PgVectorStore.requireUsable(database.dataSource(), model.dimension());
    }
    Map<String, String> kept = new HashMap<>(placeOf(store, id));
    if (words.equals(KeywordIndexes.POSTGRESQL)) {
      kept.put(KeywordIndexes.SETTING, words);
    }
    return kept;
  }

  /** Where a store keeps the vectors of a generation; empty where the id says it all. */
  Map<String, String> placeOf(String store, GenerationId id) {
    return switch (store) {
      case PGVECTOR -> Map.of(TABLE, table(id));
      case "qdrant" -> Map.of(COLLECTION, "parley-" + id);
      case "pinecone" -> Map.of(INDEX, settings.pineconeIndexOf(id));
      default -> Map.of();
    };
  }

  /** Says when what serves is not in the store that the settings choose. */
  void report(Generation serving) {
    if (!serving.store().equals(settings.chosen())) {
      LOG.warn(
          "The settings choose the vector store {}, but what is here was indexed in {}, which goes"
              + " on to serve. Set PARLEY_VECTOR_STORE to {} to keep it, or run 'parley reindex' to"
              + " move.",
          settings.chosen(),
          serving.store(),
          serving.store());
    }
  }

  /**
   * Opens it, and makes what is missing. The generation decides.
   *
   * @throws PortFailure {@code INVALID_CONFIGURATION} when the settings do not say how to reach it
   */
  VectorStore open(Generation generation) {
    return switch (generation.store()) {
      case "embedded" ->
          LuceneVectorStore.open(
              new LuceneVectorStoreConfig(
                  directory.vectors(generation.id()), generation.model().dimension()));
      case PGVECTOR -> pgvector(generation);
      case "qdrant" -> qdrant(generation);
      case "pinecone" -> pinecone(generation);
      default ->
          throw new PortFailure(
              PortFailure.Kind.INVALID_CONFIGURATION,
              "index",
              "What is here was indexed in the vector store \""
                  + generation.store()
                  + "\", which this version does not know.",
              null);
    };
  }

  private VectorStore pgvector(Generation generation) {
    return PgVectorStore.open(
        PgVectorStoreConfig.of(
            database.dataSource(),
            generation.settings().getOrDefault(TABLE, table(generation.id())),
            generation.model().dimension()));
  }

  private static String table(GenerationId id) {
    return "vectors_" + id.toString().replace("-", "");
  }

  private VectorStore qdrant(Generation generation) {
    URI url = settings.qdrantUrl();
    if (url == null) {
      throw unreachable("Qdrant", "QDRANT_URL");
    }
    return QdrantVectorStore.open(
        QdrantVectorStoreConfig.of(
            url,
            settings.qdrantKey(),
            generation.settings().getOrDefault(COLLECTION, "parley-" + generation.id()),
            generation.model().dimension()));
  }

  private VectorStore pinecone(Generation generation) {
    Secret key = settings.pineconeKey();
    if (key == null) {
      throw unreachable("Pinecone", "PINECONE_API_KEY");
    }
    return PineconeVectorStore.open(
        PineconeVectorStoreConfig.of(
            key,
            generation.settings().getOrDefault(INDEX, settings.pineconeIndexOf(generation.id())),
            generation.model().dimension(),
            settings.pineconeCloud(),
            settings.pineconeRegion(),
            settings.pineconeUrl()));
  }

  private static PortFailure unreachable(String store, String setting) {
    return new PortFailure(
        PortFailure.Kind.INVALID_CONFIGURATION,
        store,
        "Nothing says how to reach " + store + ". Set " + setting + ".",
        null);
  }
}
