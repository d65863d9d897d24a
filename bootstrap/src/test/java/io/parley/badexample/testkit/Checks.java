package io.parley.badexample.testkit;

import org.junit.jupiter.api.Test;

abstract class Checks {
  @Test
  void holds() {}
}
