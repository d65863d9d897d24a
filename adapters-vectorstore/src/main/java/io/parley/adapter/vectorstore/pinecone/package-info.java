/** Vectors in Pinecone, a serverless index a generation. */
@NullMarked
package io.parley.adapter.vectorstore.pinecone;

import org.jspecify.annotations.NullMarked;
