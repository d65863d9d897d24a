/** Limits and decisions as Bucket4j has them, in the process and in Redis alike. */
@NullMarked
package io.parley.adapter.storage.rate;

import org.jspecify.annotations.NullMarked;
