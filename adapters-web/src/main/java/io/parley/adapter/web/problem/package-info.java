/**
 * What goes wrong, as problem documents (RFC 9457): the one place that knows a status code of an
 * error.
 */
@NullMarked
package io.parley.adapter.web.problem;

import org.jspecify.annotations.NullMarked;
