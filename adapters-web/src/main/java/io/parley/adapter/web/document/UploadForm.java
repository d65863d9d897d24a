package io.parley.adapter.web.document;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of an upload. Metadata is for every file that comes after it. */
@Schema(name = "UploadForm")
record UploadForm(
    @Schema(description = "A JSON object; send it before the files.") @Nullable String metadata,
    @ArraySchema(schema = @Schema(type = "string", format = "binary")) List<String> files) {}
