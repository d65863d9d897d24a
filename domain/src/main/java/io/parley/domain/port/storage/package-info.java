/** What Parley needs from the place where original files lie. */
@NullMarked
package io.parley.domain.port.storage;

import org.jspecify.annotations.NullMarked;
