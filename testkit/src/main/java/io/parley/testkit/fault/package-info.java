/** Counts the calls of ports, and breaks the one that a test chooses. */
@NullMarked
package io.parley.testkit.fault;

import org.jspecify.annotations.NullMarked;
