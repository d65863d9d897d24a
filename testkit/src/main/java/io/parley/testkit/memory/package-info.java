/** Ports kept in memory, which pass the same contracts as the real adapters. For tests. */
@NullMarked
package io.parley.testkit.memory;

import org.jspecify.annotations.NullMarked;
