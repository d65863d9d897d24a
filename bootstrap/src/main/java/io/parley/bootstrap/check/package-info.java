/** The doctor's round through a server from outside. */
@NullMarked
package io.parley.bootstrap.check;

import org.jspecify.annotations.NullMarked;
