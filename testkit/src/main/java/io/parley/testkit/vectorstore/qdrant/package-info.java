/**
 * A server of Qdrant's protocol in the process. It needs {@code io.qdrant:client} and a transport
 * of gRPC beside it, which whoever tests an adapter for Qdrant has anyway; the testkit brings
 * neither.
 */
@NullMarked
package io.parley.testkit.vectorstore.qdrant;

import org.jspecify.annotations.NullMarked;
