/** Blob stores. */
@NullMarked
package io.parley.adapter.storage;

import org.jspecify.annotations.NullMarked;
