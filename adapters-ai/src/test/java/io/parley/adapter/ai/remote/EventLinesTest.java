package io.parley.adapter.ai.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventLinesTest {
  private static final String STREAM =
      "\uFEFF: hello\n\ndata: one\n\nevent: e\r\ndata:two\r\ndata: 2 é🙂\r\n\r\nid: 1\n\n"
          + "data\rdata: three\r\rerror: {}\n\ndata: last";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1_000})
  void events_are_the_same_however_the_bytes_come(int size) throws Exception {
    byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
    EventLines lines = new EventLines();
    List<ServerEvent> events = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += size) {
      events.addAll(lines.take(ByteBuffer.wrap(bytes, i, Math.min(size, bytes.length - i))));
    }
    events.addAll(lines.end());

    assertThat(events)
        .containsExactly(
            new ServerEvent("", "one"),
            new ServerEvent("e", "two\n2 é🙂"),
            new ServerEvent("", "three"),
            new ServerEvent("error", "{}"),
            new ServerEvent("", "last"));
  }

  @Test
  void a_line_without_end_is_refused() {
    EventLines lines = new EventLines();
    ByteBuffer endless = ByteBuffer.wrap(new byte[EventLines.LONGEST + 2]);

    assertThatThrownBy(() -> lines.take(endless)).isInstanceOf(EventLines.TooLong.class);
  }
}
