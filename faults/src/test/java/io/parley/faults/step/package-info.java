/** How the proofs themselves are tested. */
@NullMarked
package io.parley.faults.step;

import org.jspecify.annotations.NullMarked;
