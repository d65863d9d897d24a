package io.parley.badexample.domain.left;

import io.parley.badexample.domain.right.Right;

/** Half of a cycle. */
public interface Left {
  /** The other half. */
  Right right();
}
