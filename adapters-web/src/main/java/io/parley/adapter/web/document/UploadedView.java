package io.parley.adapter.web.document;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Serdeable
@Schema(name = "Uploaded")
record UploadedView(List<DocumentView> documents) {}
