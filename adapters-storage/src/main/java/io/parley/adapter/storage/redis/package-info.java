/** Caches and rate limits in Redis, so that several servers agree. Without Redis, slower. */
@NullMarked
package io.parley.adapter.storage.redis;

import org.jspecify.annotations.NullMarked;
