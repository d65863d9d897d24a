/** Search over HTTP. */
@NullMarked
package io.parley.adapter.web.retrieval;

import org.jspecify.annotations.NullMarked;
