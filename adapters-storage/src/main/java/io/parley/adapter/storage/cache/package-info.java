/** What stands before other ports and remembers what they gave, in whatever cache is there. */
@NullMarked
package io.parley.adapter.storage.cache;

import org.jspecify.annotations.NullMarked;
