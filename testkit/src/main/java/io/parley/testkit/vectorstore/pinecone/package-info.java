/**
 * A server of Pinecone's protocols in the process. It needs {@code io.pinecone:pinecone-client} and
 * a transport of gRPC beside it, which whoever tests an adapter for Pinecone has anyway; the
 * testkit brings neither.
 */
@NullMarked
package io.parley.testkit.vectorstore.pinecone;

import org.jspecify.annotations.NullMarked;
