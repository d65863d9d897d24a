/** How fast texts become vectors, and what memory that takes. */
@NullMarked
package io.parley.benchmarks.embedding;

import org.jspecify.annotations.NullMarked;
