/** The program: it alone names implementations. */
@NullMarked
package io.parley.bootstrap;

import org.jspecify.annotations.NullMarked;
