package io.parley.badexample.application.right;

import io.parley.badexample.application.left.Left;

/** Half of a cycle. */
public interface Right {
  /** The other half. */
  Left left();
}
