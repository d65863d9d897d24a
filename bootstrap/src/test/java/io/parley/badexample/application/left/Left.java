package io.parley.badexample.application.left;

import io.parley.badexample.application.right.Right;

/** Half of a cycle. */
public interface Left {
  /** The other half. */
  Right right();
}
