/**
 * The proof that nothing gets lost: processes are ended at every point, and the stores are read
 * afterwards.
 */
@NullMarked
package io.parley.faults;

import org.jspecify.annotations.NullMarked;
