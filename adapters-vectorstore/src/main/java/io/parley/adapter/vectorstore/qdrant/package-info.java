/** Vectors in Qdrant, a collection a generation. */
@NullMarked
package io.parley.adapter.vectorstore.qdrant;

import org.jspecify.annotations.NullMarked;
