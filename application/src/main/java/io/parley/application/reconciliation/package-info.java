/** Compares the stores with the database, and puts right what does not agree. */
@NullMarked
package io.parley.application.reconciliation;

import org.jspecify.annotations.NullMarked;
