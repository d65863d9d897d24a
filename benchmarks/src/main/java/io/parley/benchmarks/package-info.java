/** Measurements, run by hand. */
@NullMarked
package io.parley.benchmarks;

import org.jspecify.annotations.NullMarked;
