/**
 * Local servers that speak the protocols of others, so that adapters are tested with their own
 * clients on the wire, and can be told to fail.
 */
@NullMarked
package io.parley.testkit.server;

import org.jspecify.annotations.NullMarked;
