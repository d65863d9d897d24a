/** Server-sent events. */
@NullMarked
package io.parley.adapter.web.stream;

import org.jspecify.annotations.NullMarked;
