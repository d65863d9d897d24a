/** Vector stores and keyword indexes. */
@NullMarked
package io.parley.adapter.vectorstore;

import org.jspecify.annotations.NullMarked;
