/** Conversations, messages and citations that can be checked. */
@NullMarked
package io.parley.domain.conversation;

import org.jspecify.annotations.NullMarked;
