/** The name that a place for blobs and its database have in common. */
@NullMarked
package io.parley.adapter.storage.identity;

import org.jspecify.annotations.NullMarked;
