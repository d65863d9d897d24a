package io.parley.adapter.ai.remote;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** Reads lists of numbers without holding them as objects. */
public final class Vectors {
  private Vectors() {}

  /**
   * The numbers of the list that the parser stands at the begin of.
   *
   * @throws IOException when it is no list of numbers
   */
  public static float[] read(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException("not a list");
    }
    float[] numbers = new float[1024];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == null || !json.currentToken().isNumeric()) {
        throw new IOException("not a number");
      }
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = json.getFloatValue();
    }
    return Arrays.copyOf(numbers, count);
  }
}
