/** Caches and rate limits in the process. */
@NullMarked
package io.parley.adapter.storage.memory;

import org.jspecify.annotations.NullMarked;
