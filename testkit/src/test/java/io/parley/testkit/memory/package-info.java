@NullMarked
package io.parley.testkit.memory;

import org.jspecify.annotations.NullMarked;
