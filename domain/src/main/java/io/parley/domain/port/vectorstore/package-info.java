/** What Parley needs from its indexes: ids and scores, never text. */
@NullMarked
package io.parley.domain.port.vectorstore;

import org.jspecify.annotations.NullMarked;
