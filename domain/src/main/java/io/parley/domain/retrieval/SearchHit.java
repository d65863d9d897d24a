package io.parley.domain.retrieval;

/**
 * A chunk that was found.
 *
 * @param score 0–1, higher is better, comparable within one answer
 */
public record SearchHit(FoundChunk found, double score) {}
