/** What Parley needs to keep credentials. */
@NullMarked
package io.parley.domain.port.security;

import org.jspecify.annotations.NullMarked;
