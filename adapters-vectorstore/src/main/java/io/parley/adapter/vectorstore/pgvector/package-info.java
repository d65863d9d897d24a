/**
 * PostgreSQL as vector store, with the extension pgvector, and as keyword index, without any. Both
 * keep their position in one transaction with their content.
 */
@NullMarked
package io.parley.adapter.vectorstore.pgvector;

import org.jspecify.annotations.NullMarked;
