/** Searching, and the followers that keep the indexes up with the log. */
@NullMarked
package io.parley.application.retrieval;

import org.jspecify.annotations.NullMarked;
