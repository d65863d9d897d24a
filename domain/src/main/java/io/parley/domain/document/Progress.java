package io.parley.domain.document;

/**
 * How far a version is. Once its text is extracted, the units are pages while it is split, and
 * chunks from then on; a version that is embedded or indexed has all of them done.
 *
 * @param step the last checkpoint passed
 * @param done units of the running step that are finished
 * @param total units of the running step, 0 while unknown
 */
public record Progress(Step step, int done, int total) {}
