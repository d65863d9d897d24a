/** The doctor, from outside. */
@NullMarked
package io.parley.bootstrap.check;

import org.jspecify.annotations.NullMarked;
