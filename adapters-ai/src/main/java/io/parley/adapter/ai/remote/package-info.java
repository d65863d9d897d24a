/**
 * Calls to models over HTTP, whatever the vendor: deadlines, retries, a circuit breaker, streams of
 * events, batches of embeddings.
 */
@NullMarked
package io.parley.adapter.ai.remote;

import org.jspecify.annotations.NullMarked;
