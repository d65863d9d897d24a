/** Who acts, and what an access check lets them touch: the only way to a scope. */
@NullMarked
package io.parley.domain.access;

import org.jspecify.annotations.NullMarked;
