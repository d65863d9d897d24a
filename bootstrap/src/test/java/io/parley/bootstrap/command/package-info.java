/** The commands. */
@NullMarked
package io.parley.bootstrap.command;

import org.jspecify.annotations.NullMarked;
