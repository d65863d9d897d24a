/** Contracts of the ports to models and splitters, and fakes that keep them. */
@NullMarked
package io.parley.testkit.ai;

import org.jspecify.annotations.NullMarked;
