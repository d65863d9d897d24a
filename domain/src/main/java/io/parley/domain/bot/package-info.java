/** Bots: what answers from its own knowledge. */
@NullMarked
package io.parley.domain.bot;

import org.jspecify.annotations.NullMarked;
