/** What can be set, where it is read from, and what it must look like. */
@NullMarked
package io.parley.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
