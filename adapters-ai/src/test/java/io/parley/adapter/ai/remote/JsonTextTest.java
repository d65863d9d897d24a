package io.parley.adapter.ai.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @Test
  void what_was_read_is_written_exactly() {
    String json =
        "{\"a\":[1,12345678901234567890,0.10,1E+400,true,null,\"\\u0000\\\"\"],\"b\":{\"c\":{}}}";
    Map<String, ?> read = JsonText.objectOrEmpty(json);

    assertThat(JsonText.write(read)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", " {\"a\":[{}]}\n"})
  void an_object_is_one(String json) {
    assertThat(JsonText.isObject(json)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{} x", "{}{}", "{\"a\"}", "{'a':1}", "{\"a\":[}"})
  void what_is_more_or_less_is_none(String json) {
    assertThat(JsonText.isObject(json)).isFalse();
  }
}
