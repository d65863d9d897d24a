/** What Parley needs from its database, the truth that every other store is rebuilt from. */
@NullMarked
package io.parley.domain.port.persistence;

import org.jspecify.annotations.NullMarked;
