package io.parley.adapter.web.document;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Serdeable
@Schema(name = "Documents")
record DocumentsView(List<DocumentView> documents, long total, int skip, int limit) {}
