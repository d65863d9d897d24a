/**
 * Threads that do their work whenever there is some, through every failure, until they are closed.
 */
@NullMarked
package io.parley.application.background;

import org.jspecify.annotations.NullMarked;
