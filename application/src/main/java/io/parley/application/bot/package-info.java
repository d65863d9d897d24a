/** Bots: making, changing, and the access check on them. */
@NullMarked
package io.parley.application.bot;

import org.jspecify.annotations.NullMarked;
