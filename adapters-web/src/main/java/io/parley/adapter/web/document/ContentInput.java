package io.parley.adapter.web.document;

import io.swagger.v3.oas.annotations.media.Schema;

@Schema(name = "ContentInput")
record ContentInput(String content) {}
