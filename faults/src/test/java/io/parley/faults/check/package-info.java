/** How the proofs themselves are tested. */
@NullMarked
package io.parley.faults.check;

import org.jspecify.annotations.NullMarked;
