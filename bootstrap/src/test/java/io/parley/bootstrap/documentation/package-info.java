/** Holds the documentation against the code that it speaks of. */
@NullMarked
package io.parley.bootstrap.documentation;

import org.jspecify.annotations.NullMarked;
