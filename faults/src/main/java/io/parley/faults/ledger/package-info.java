/** What a client was promised, written down on the client's side. */
@NullMarked
package io.parley.faults.ledger;

import org.jspecify.annotations.NullMarked;
