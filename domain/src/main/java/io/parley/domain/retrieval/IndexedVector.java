package io.parley.domain.retrieval;

import io.parley.domain.document.ChunkId;

/**
 * A chunk's embedding on its way into a vector store.
 *
 * @param vector length = the generation's dimension, all numbers finite, not all zero
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
public record IndexedVector(ChunkId id, ChunkAttributes attributes, float[] vector) {}
