/** Pages cut into pieces that are embedded and cited. */
@NullMarked
package io.parley.adapter.ai.splitting;

import org.jspecify.annotations.NullMarked;
