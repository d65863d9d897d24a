package io.parley.domain.retrieval;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceType;
import org.jspecify.annotations.Nullable;

/**
 * A chunk as read from the database in a scope: the only form in which text is shown or put into a
 * prompt.
 *
 * @param pageLabel what people call the place, where it has a name
 */
public record FoundChunk(
    Chunk chunk,
    SourceType sourceType,
    DocumentName documentName,
    @Nullable String pageLabel,
    Metadata metadata) {}
