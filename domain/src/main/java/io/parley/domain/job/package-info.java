/** Queued work and the leases under which it is done. */
@NullMarked
package io.parley.domain.job;

import org.jspecify.annotations.NullMarked;
