package io.parley.badexample.domain.right;

import io.parley.badexample.domain.left.Left;

/** Half of a cycle. */
public interface Right {
  /** The other half. */
  Left left();
}
