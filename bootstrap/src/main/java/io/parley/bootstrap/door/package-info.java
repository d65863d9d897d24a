/**
 * The local door: how a command gets into the process that owns a data directory. A Unix domain
 * socket in the directory, which nobody but the directory's owner can open; one line of JSON in,
 * some out.
 */
@NullMarked
package io.parley.bootstrap.door;

import org.jspecify.annotations.NullMarked;
