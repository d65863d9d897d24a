/** Whether the server can work. */
@NullMarked
package io.parley.adapter.web.health;

import org.jspecify.annotations.NullMarked;
