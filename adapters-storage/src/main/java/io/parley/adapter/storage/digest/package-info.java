/** Checksums of content and of names. */
@NullMarked
package io.parley.adapter.storage.digest;

import org.jspecify.annotations.NullMarked;
