package io.parley.adapter.persistence;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Embeddings as they are kept: IEEE 754 floats, little-endian. */
final class FloatBytes {

  private FloatBytes() {}

  static byte[] encode(float[] vector) {
    ByteBuffer buffer =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(vector);
    return buffer.array();
  }

  static float[] decode(byte[] bytes) {
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }
}
