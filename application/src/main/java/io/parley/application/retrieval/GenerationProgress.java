package io.parley.application.retrieval;

import io.parley.domain.retrieval.Generation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a generation is.
 *
 * @param embedded chunks that have an embedding of its model
 * @param chunks chunks that it should hold
 * @param position how far its index has durably read the log, on the server where it is furthest
 *     back
 * @param head the end of the log
 * @param remaining until the embeddings are there; absent where nobody can tell
 * @param failure why it does not get on here; absent where it does
 */
public record GenerationProgress(
    Generation generation,
    long embedded,
    long chunks,
    long position,
    long head,
    @Nullable Duration remaining,
    @Nullable String failure) {}
