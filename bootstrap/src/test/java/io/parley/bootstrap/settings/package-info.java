/** Tests of what can be set. */
@NullMarked
package io.parley.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
