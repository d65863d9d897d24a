/** How the kills of the packaged server are tested. */
@NullMarked
package io.parley.faults.server;

import org.jspecify.annotations.NullMarked;
