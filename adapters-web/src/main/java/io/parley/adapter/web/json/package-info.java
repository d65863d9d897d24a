/** JSON bodies, read within bounds and checked field by field. */
@NullMarked
package io.parley.adapter.web.json;

import org.jspecify.annotations.NullMarked;
