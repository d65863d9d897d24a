/** Use cases over the ports of the domain, for any JVM application. */
@NullMarked
package io.parley.application;

import org.jspecify.annotations.NullMarked;
