/** Vectors and words in Lucene directories, in the process. */
@NullMarked
package io.parley.adapter.vectorstore.lucene;

import org.jspecify.annotations.NullMarked;
