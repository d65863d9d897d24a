/** Opening and closing an installation. */
@NullMarked
package io.parley.bootstrap.server;

import org.jspecify.annotations.NullMarked;
