@NullMarked
package io.parley.bootstrap.door;

import org.jspecify.annotations.NullMarked;
