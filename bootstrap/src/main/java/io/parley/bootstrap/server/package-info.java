/** Opens the adapters that the settings choose, and puts the program together from them. */
@NullMarked
package io.parley.bootstrap.server;

import org.jspecify.annotations.NullMarked;
