package io.parley.domain.document;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The id of a chunk, the same in every generation and never reused. */
public record ChunkId(UUID value) implements Comparable<ChunkId> {

  private static final UUID NAMESPACE = UUID.fromString("6f1d1a52-5b0a-5d0e-9a53-0c1f6f7d8b21");

  /** UUIDv5 (RFC 9562 §5.5) of source, version and ordinal in Parley's namespace. */
  public static ChunkId of(VersionRef ref, int ordinal) {
    String name = ref.source() + "/" + ref.version() + "/" + ordinal;
    MessageDigest sha1 = sha1();
    sha1.update(bytes(NAMESPACE));
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xF000L) | 0x5000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new ChunkId(new UUID(high, low));
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-1.", e);
    }
  }

  /** The order of the ids' text form, which is also PostgreSQL's order of UUIDs. */
  @Override
  public int compareTo(ChunkId other) {
    int high =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
