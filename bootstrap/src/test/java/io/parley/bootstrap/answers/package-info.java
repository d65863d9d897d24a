/** How good the answers are with nothing configured, measured over everything that makes them. */
@NullMarked
package io.parley.bootstrap.answers;

import org.jspecify.annotations.NullMarked;
