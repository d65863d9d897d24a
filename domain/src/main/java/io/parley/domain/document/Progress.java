package io.parley.domain.document;

/**
 * How far a version is.
 *
 * @param step the last checkpoint passed
 * @param done units of the running step that are finished
 * @param total units of the running step, 0 while unknown
 */
public record Progress(Step step, int done, int total) {}
