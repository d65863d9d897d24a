/** Typesets and checks the sample documents and their questions. */
@NullMarked
package io.parley.testkit.sample;

import org.jspecify.annotations.NullMarked;
