/** What every request passes on its way in and out: ids, origins, headers, limits, the log. */
@NullMarked
package io.parley.adapter.web.request;

import org.jspecify.annotations.NullMarked;
