/** The command line. */
@NullMarked
package io.parley.bootstrap.command;

import org.jspecify.annotations.NullMarked;
