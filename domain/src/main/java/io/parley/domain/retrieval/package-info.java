/** Finding: filters, scores, fusion, generations and the log that indexes follow. */
@NullMarked
package io.parley.domain.retrieval;

import org.jspecify.annotations.NullMarked;
