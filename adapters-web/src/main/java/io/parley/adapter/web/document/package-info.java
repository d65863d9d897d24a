/** Documents over HTTP. */
@NullMarked
package io.parley.adapter.web.document;

import org.jspecify.annotations.NullMarked;
