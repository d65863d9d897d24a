/** Halts a process at each of its port calls. */
@NullMarked
package io.parley.faults.step;

import org.jspecify.annotations.NullMarked;
