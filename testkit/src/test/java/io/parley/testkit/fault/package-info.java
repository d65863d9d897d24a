/** How calls of ports are counted and broken. */
@NullMarked
package io.parley.testkit.fault;

import org.jspecify.annotations.NullMarked;
