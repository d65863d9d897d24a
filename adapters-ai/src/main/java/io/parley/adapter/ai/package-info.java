/** Models, and the extraction of text from files. */
@NullMarked
package io.parley.adapter.ai;

import org.jspecify.annotations.NullMarked;
