package io.parley.faults.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * A chunk that every index must hold: one of the serving version of a source that is there.
 *
 * @param vector the embedding that is kept, of the serving generation's model
 */
@SuppressWarnings("ArrayRecordComponent") // read once, compared by nobody
record ServingChunk(
    UUID id, String source, int version, int ordinal, String content, float[] vector) {
  private static final UUID NAMESPACE = UUID.fromString("6f1d1a52-5b0a-5d0e-9a53-0c1f6f7d8b21");

  static List<ServingChunk> of(Connection database) throws SQLException {
    return Rows.of(
        database,
        "select c.id::text, c.source_id::text, c.version, c.ordinal, c.content, e.vector from chunks c"
            + " join sources s on s.id = c.source_id and s.serving_version = c.version"
            + " join bots b on b.id = s.bot_id join embeddings e on e.chunk_id = c.id"
            + " join generations g on g.model_id = e.model_id and g.state = 'serving'"
            + " where s.tombstoned_at is null and b.tombstoned_at is null",
        ServingChunk::read);
  }

  private static ServingChunk read(ResultSet row) throws SQLException {
    return new ServingChunk(
        UUID.fromString(row.getString(1)),
        row.getString(2),
        row.getInt(3),
        row.getInt(4),
        row.getString(5),
        floats(row.getBytes(6)));
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }

  /** The id that it must have: UUIDv5 of source, version and ordinal (RFC 9562, 5.5). */
  UUID rightId() {
    byte[] name = (source + "/" + version + "/" + ordinal).getBytes(StandardCharsets.UTF_8);
    ByteBuffer hash = ByteBuffer.wrap(sha1(name));
    long high = (hash.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x5000L;
    long low = (hash.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return new UUID(high, low);
  }

  private static byte[] sha1(byte[] name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(
          ByteBuffer.allocate(16)
              .putLong(NAMESPACE.getMostSignificantBits())
              .putLong(NAMESPACE.getLeastSignificantBits())
              .array());
      return digest.digest(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-1.", e);
    }
  }

  /** Whether it is its embedding, which may have been brought to length 1. */
  boolean hasVector(float[] indexed) {
    if (indexed.length != vector.length) {
      return false;
    }
    double dot = 0;
    double kept = 0;
    double found = 0;
    for (int i = 0; i < vector.length; i++) {
      dot += (double) vector[i] * indexed[i];
      kept += (double) vector[i] * vector[i];
      found += (double) indexed[i] * indexed[i];
    }
    return dot / Math.sqrt(kept * found) > 0.99999;
  }

  @Override
  public String toString() {
    return id + " (" + source + " v" + version + " #" + ordinal + ")";
  }
}
