/** What is known of what was erased. */
@NullMarked
package io.parley.domain.erasure;

import org.jspecify.annotations.NullMarked;
