package io.parley.bootstrap.settings;

/** Everything that can be set. The order is that of the documentation. */
public enum Setting {
  ENVIRONMENT(
      "development", "What kind of installation this is: development, staging or production."),
  API_HOST("127.0.0.1", "The address to listen on; 0.0.0.0 when PORT is set."),
  API_PORT("8000", "The port to listen on; 0 takes any free one."),
  PORT("", "The port to listen on, as hosting platforms give it; API_PORT goes before it."),
  PARLEY_PUBLIC_URL(
      "",
      "Where callers reach the server, such as https://parley.example.com; used in preview links."),
  CORS_ORIGINS(
      "",
      "Origins whose pages may call, separated by commas; https://*.example.app allows subdomains."
          + " Unset: http://localhost on ports 3000, 5173, 5174 and 8080 outside production, none"
          + " in production."),
  LOG_LEVEL("INFO", "What is logged: ERROR, WARN, INFO or DEBUG."),
  DEBUG("false", "true is LOG_LEVEL=DEBUG."),
  PARLEY_DATA_DIR(
      "",
      "Where the embedded database, the indexes and the files lie; data beside the launcher when unset."),
  PARLEY_BLOB_DIR(
      "",
      "Where original files lie, with the blob store filesystem; blobs in the data directory when unset."),
  DATABASE_URL(
      "",
      "A PostgreSQL to use instead of the embedded one: postgres://user:password@host:5432/name,"
          + " also postgresql://, postgresql+driver:// or jdbc:postgresql://.",
      true),
  PARLEY_DATABASE_POOL_SIZE(
      "10",
      "Most connections to the database, 2 to 200; half as many more when an index lies in it."),
  PARLEY_VECTOR_STORE(
      "",
      "Which vector store: embedded, pgvector, which needs DATABASE_URL, qdrant or pinecone. Unset:"
          + " pinecone with PINECONE_API_KEY, else qdrant with QDRANT_URL, else embedded. The first"
          + " start decides; what is indexed goes on in its store."),
  PARLEY_KEYWORD_INDEX(
      "",
      "Where words are indexed: embedded, in each server's data directory, or postgresql, in the"
          + " database. Unset: postgresql with the vector store pgvector, else embedded. The first"
          + " start decides."),
  QDRANT_URL("", "Where Qdrant is: http://localhost:6333, or https:// in its cloud."),
  QDRANT_API_KEY("", "Qdrant's key, where it asks for one.", true),
  PINECONE_API_KEY("", "Pinecone's key.", true),
  PINECONE_INDEX_NAME(
      "parley", "What the names of Parley's indexes in Pinecone begin with, up to 32 characters."),
  PINECONE_CLOUD("aws", "The cloud that a new index of Pinecone is made in: aws, gcp or azure."),
  PINECONE_REGION("us-east-1", "The region of that cloud."),
  PINECONE_CONTROLLER_HOST(
      "",
      "Where indexes are made and described, such as http://localhost:5080 for Pinecone's local"
          + " emulator; Pinecone's own when unset."),
  PARLEY_BLOB_STORE(
      "",
      "Which blob store: filesystem or s3. Unset: s3 when S3_BUCKET_NAME, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set, filesystem otherwise."),
  PARLEY_MOVE_BLOBS_FROM(
      "",
      "Where original files lay until now, filesystem or s3: they come over to the blob store while Parley serves. Taken out again once the log says that all have come."),
  S3_BUCKET_NAME("", "The bucket that original files lie in, with the blob store s3."),
  AWS_ACCESS_KEY_ID(
      "",
      "The access key for the bucket. Unset, with PARLEY_BLOB_STORE=s3: what the AWS SDK finds by itself, such as the machine's role."),
  AWS_SECRET_ACCESS_KEY("", "The secret of the access key.", true),
  AWS_SESSION_TOKEN("", "What a temporary access key needs besides.", true),
  AWS_REGION("us-east-1", "The region that the bucket lies in."),
  AWS_ENDPOINT_URL_S3(
      "", "Where S3 is, when it is not AWS's: a URL such as https://s3.example.com."),
  PARLEY_S3_PATH_STYLE(
      "",
      "true: the bucket stands in the path; false: in the host name. Unset: true with AWS_ENDPOINT_URL_S3, false without."),
  PARLEY_S3_ENCRYPTION(
      "aes256",
      "What S3 is asked to encrypt files with: aes256 (its own keys), kms, or none for servers that refuse both."),
  PARLEY_S3_KMS_KEY(
      "", "The key for PARLEY_S3_ENCRYPTION=kms; the bucket's standard key when unset."),
  PARLEY_EMBEDDER(
      "",
      "Which embedding model: local, openai or gemini. Unset: by the keys that are there, OpenAI before Gemini, else local. It decides only until something has been indexed; from then on the index does."),
  PARLEY_EMBEDDING_DIMENSION(
      "",
      "Numbers in an embedding of OpenAI or Gemini, 1 to 4096; as many as the model has by itself when unset. Needed for models that Parley does not know."),
  PARLEY_CHAT_MODEL(
      "",
      "The chat model of bots that name none: extractive, which quotes the sentences that answer, openai or gemini. Unset: by the keys that are there, OpenAI before Gemini, else extractive."),
  PARLEY_TRANSCRIBER(
      "",
      "What turns speech into text: openai, or none. Unset: openai with OPENAI_API_KEY or OPENAI_TRANSCRIPTION_MODEL, else none."),
  PARLEY_MODEL_TIMEOUT(
      "60",
      "Seconds that a model of OpenAI or Gemini may be silent, before its first word and between words, 1 to 3600. A transcription may take five minutes, or longer when this is longer."),
  OPENAI_API_KEY("", "The key for OpenAI, or for the server of OPENAI_BASE_URL.", true),
  OPENAI_BASE_URL(
      "",
      "Where OpenAI's protocol is spoken, such as http://localhost:11434/v1; OpenAI itself when unset. A server that asks for no key needs this alone."),
  OPENAI_MODEL("gpt-4.1-mini", "The chat model of OpenAI, or of the server of OPENAI_BASE_URL."),
  OPENAI_EMBEDDING_MODEL(
      "text-embedding-3-large",
      "The embedding model of OpenAI, or of the server of OPENAI_BASE_URL."),
  OPENAI_TRANSCRIPTION_MODEL(
      "gpt-4o-mini-transcribe",
      "The transcription model of OpenAI, or of the server of OPENAI_BASE_URL; a model with whisper in its name also says the language."),
  GOOGLE_API_KEY("", "The key for Gemini.", true),
  GOOGLE_BASE_URL("", "Where Gemini's protocol is spoken; Google itself when unset."),
  GOOGLE_MODEL("gemini-2.5-flash", "The chat model of Gemini."),
  GOOGLE_EMBEDDING_MODEL("gemini-embedding-001", "The embedding model of Gemini."),
  PARLEY_CACHE(
      "",
      "Where caches and rate limits are kept: memory, by each server for itself, or redis, so that"
          + " several servers agree. Unset: redis with REDIS_URL, else memory."),
  REDIS_URL(
      "",
      "Where Redis is: redis://user:password@host:6379/0, or rediss:// with TLS. Parley works without"
          + " it while it is away.",
      true),
  PARLEY_CHUNK_SIZE(
      "600",
      "Longest chunk, in characters, 50 to 20000. Applies to documents taken in from now on."),
  PARLEY_CHUNK_OVERLAP(
      "60", "Characters that neighbouring chunks share where a paragraph had to be cut."),
  PARLEY_UPLOAD_LIMIT_MB("10", "Largest file, in megabytes, 1 to 2048."),
  PARLEY_ERASE_AGAIN_AFTER(
      "900",
      "Seconds after an erasure until every store is read back once more and what came late is"
          + " removed, 1 to 604800. Longer than any upload or answer takes."),
  PARLEY_INGEST_WORKERS("2", "Documents taken in at the same time, 1 to 32."),
  PARLEY_CONCURRENT_UPLOADS(
      "64", "Uploads that one server receives at the same time, 1 to 10000; more get 503."),
  PARLEY_QUEUE_LIMIT_PER_OWNER(
      "20000", "Documents that one owner may have waiting; further uploads get 429."),
  PARLEY_QUEUE_LIMIT(
      "200000", "Documents that may wait, of all owners together; further uploads get 503."),
  PARLEY_RECONCILE_HOURS(
      "24",
      "Hours after which all stores are compared with the database and put right again, 1 to 720; 0"
          + " is never."),
  PARLEY_RATE_LIMIT("600", "Requests a minute for each caller; 0 is no limit."),
  PARLEY_REGISTRATION(
      "open",
      "Who may register: open to all, or closed to those with the set-up code and those whom staff"
          + " registers."),
  PARLEY_SETUP_CODE(
      "",
      "The code that makes the first staff account; made and printed at the first start when unset."
          + " Set later, it replaces the code that was made; a code that was used stays used.",
      true),
  PARLEY_SIGNING_KEY(
      "",
      "What tokens and preview links are signed with, at least 32 characters; made and kept in the"
          + " database when unset.",
      true),
  PARLEY_SECRET_KEY(
      "",
      "What secrets in the database are encrypted with, at least 32 characters, the same on all"
          + " servers of a database. Unset: the file secret-key in the data directory for the"
          + " embedded database, and plain text in another one.",
      true);

  private final String standard;
  private final String description;
  private final boolean secret;

  Setting(String standard, String description) {
    this(standard, description, false);
  }

  Setting(String standard, String description, boolean secret) {
    this.standard = standard;
    this.description = description;
    this.secret = secret;
  }

  /** The value when nothing is set; empty where there is none. */
  public String standard() {
    return standard;
  }

  /** One sentence or two for people. */
  public String description() {
    return description;
  }

  /** Whether the value is never shown. */
  public boolean secret() {
    return secret;
  }
}
