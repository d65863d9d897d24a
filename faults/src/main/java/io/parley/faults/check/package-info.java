/**
 * Reads database, indexes and files directly, without Parley's use cases, and says what is wrong
 * with them.
 */
@NullMarked
package io.parley.faults.check;

import org.jspecify.annotations.NullMarked;
