/** Asking, and answers with citations that can be checked. */
@NullMarked
package io.parley.application.conversation;

import org.jspecify.annotations.NullMarked;
