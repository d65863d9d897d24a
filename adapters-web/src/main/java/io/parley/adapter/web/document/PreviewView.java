package io.parley.adapter.web.document;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

@Serdeable
@Schema(name = "Preview")
record PreviewView(String url, Instant expiresAt) {}
