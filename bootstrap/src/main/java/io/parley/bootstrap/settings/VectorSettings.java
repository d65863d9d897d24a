package io.parley.bootstrap.settings;

import io.parley.domain.port.Secret;
import io.parley.domain.retrieval.GenerationId;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The vector stores that can be reached, and the ones for a first index.
 *
 * @param chosen {@code embedded}, {@code pgvector}, {@code qdrant} or {@code pinecone}
 * @param words where words are indexed: {@code embedded} or {@code postgresql}
 * @param qdrantUrl absent when there is no Qdrant
 * @param pineconeKey absent when there is no Pinecone
 * @param pineconeIndex what the names of Pinecone's indexes begin with
 * @param pineconeUrl absent for Pinecone's own
 */
public record VectorSettings(
    String chosen,
    String words,
    @Nullable URI qdrantUrl,
    @Nullable Secret qdrantKey,
    @Nullable Secret pineconeKey,
    String pineconeIndex,
    String pineconeCloud,
    String pineconeRegion,
    @Nullable URI pineconeUrl) {

  /** Pinecone's limit. */
  private static final int LONGEST_NAME = 45;

  /** The end of an id is its random part. */
  private static final int SUFFIX = 12;

  private static final int LONGEST_PREFIX = LONGEST_NAME - SUFFIX - 1;

  private enum Kind {
    EMBEDDED,
    PGVECTOR,
    QDRANT,
    PINECONE
  }

  private enum Words {
    EMBEDDED,
    POSTGRESQL
  }

  /** The names of all stores. */
  public static List<String> stores() {
    return Arrays.stream(Kind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();
  }

  static VectorSettings of(SettingReader read) {
    Kind kind = kind(read);
    requireSet(read, kind == Kind.PGVECTOR, Setting.DATABASE_URL);
    requireSet(read, kind == Kind.QDRANT, Setting.QDRANT_URL);
    requireSet(read, kind == Kind.PINECONE, Setting.PINECONE_API_KEY);
    return new VectorSettings(
        kind.name().toLowerCase(Locale.ROOT),
        words(read, kind).name().toLowerCase(Locale.ROOT),
        read.url(Setting.QDRANT_URL),
        read.secret(Setting.QDRANT_API_KEY, 1),
        read.secret(Setting.PINECONE_API_KEY, 1),
        indexName(read),
        read.text(Setting.PINECONE_CLOUD),
        read.text(Setting.PINECONE_REGION),
        read.url(Setting.PINECONE_CONTROLLER_HOST));
  }

  private static Kind kind(SettingReader read) {
    if (read.isSet(Setting.PARLEY_VECTOR_STORE)) {
      return read.oneOf(Setting.PARLEY_VECTOR_STORE, Kind.class);
    }
    if (read.isSet(Setting.PINECONE_API_KEY)) {
      return Kind.PINECONE;
    }
    return read.isSet(Setting.QDRANT_URL) ? Kind.QDRANT : Kind.EMBEDDED;
  }

  private static Words words(SettingReader read, Kind kind) {
    if (read.isSet(Setting.PARLEY_KEYWORD_INDEX)) {
      return read.oneOf(Setting.PARLEY_KEYWORD_INDEX, Words.class);
    }
    return kind == Kind.PGVECTOR ? Words.POSTGRESQL : Words.EMBEDDED;
  }

  private static void requireSet(SettingReader read, boolean needed, Setting setting) {
    if (needed && !read.isSet(setting)) {
      throw new WrongSetting(setting, "The vector store that PARLEY_VECTOR_STORE names needs it.");
    }
  }

  /** Where there is no Pinecone, whatever stands there is not used. */
  private static String indexName(SettingReader read) {
    String name = read.text(Setting.PINECONE_INDEX_NAME);
    if (read.isSet(Setting.PINECONE_API_KEY)
        && !name.matches("[a-z0-9]([a-z0-9-]{0," + (LONGEST_PREFIX - 2) + "}[a-z0-9])?")) {
      throw new WrongSetting(
          Setting.PINECONE_INDEX_NAME,
          "Give 1 to "
              + LONGEST_PREFIX
              + " lower-case letters, digits and dashes, such as parley.");
    }
    return name;
  }

  /** The name of an index in Pinecone: short, without upper case, and another one for each id. */
  public String pineconeIndexOf(GenerationId id) {
    String all = id.toString().replace("-", "");
    return pineconeIndex + "-" + all.substring(all.length() - SUFFIX);
  }
}
