package io.parley.adapter.web.document;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of an upload. Metadata is for all of its files. */
@Schema(name = "UploadForm")
record UploadForm(
    @Schema(description = "A JSON object, for all of the files.") @Nullable String metadata,
    @ArraySchema(schema = @Schema(type = "string", format = "binary")) List<String> files) {}
