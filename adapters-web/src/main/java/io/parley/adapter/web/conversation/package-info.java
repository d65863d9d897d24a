/** Conversations over HTTP. */
@NullMarked
package io.parley.adapter.web.conversation;

import org.jspecify.annotations.NullMarked;
