/** What Parley needs from the place where original files lie, from caches and from what counts. */
@NullMarked
package io.parley.domain.port.storage;

import org.jspecify.annotations.NullMarked;
