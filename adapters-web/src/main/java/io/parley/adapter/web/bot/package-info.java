/** Bots over HTTP. */
@NullMarked
package io.parley.adapter.web.bot;

import org.jspecify.annotations.NullMarked;
