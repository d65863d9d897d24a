package io.parley.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
  private final List<String> closed = new ArrayList<>();
  private final Closing closing = new Closing();

  private void open(String name) {
    closing.add(() -> closed.add(name));
  }

  private void openBroken(Exception failure) {
    closing.add(() -> {
      throw failure;
    });
  }

  @Test
  void allIsClosedInTheOppositeOrderAndTheFirstFailureIsTold() {
    IllegalStateException failure = new IllegalStateException("planted");
    open("one");
    openBroken(new IOException("later"));
    openBroken(failure);
    open("two");
    assertThatThrownBy(closing::close).isSameAs(failure);
    assertThat(closed).containsExactly("two", "one");
  }

  @Test
  void aFailureBeforeStaysTheOneThatIsTold() {
    IOException failure = new IOException("planted");
    openBroken(failure);
    IllegalArgumentException before = new IllegalArgumentException("before");
    closing.closeAfter(before);
    assertThat(before.getSuppressed()).singleElement().extracting("cause").isSameAs(failure);
  }
}
