/** Kills, stops and starves the packaged server under load. */
@NullMarked
package io.parley.faults.server;

import org.jspecify.annotations.NullMarked;
