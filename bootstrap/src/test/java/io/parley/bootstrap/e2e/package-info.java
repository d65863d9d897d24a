/** Uses the packaged program as people do: over HTTP, on the command line, and by signals. */
@NullMarked
package io.parley.bootstrap.e2e;

import org.jspecify.annotations.NullMarked;
