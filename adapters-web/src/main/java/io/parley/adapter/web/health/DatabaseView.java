package io.parley.adapter.web.health;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * @param database {@code connected}, or why not
 */
@Serdeable
@Schema(name = "DatabaseHealth")
record DatabaseView(String status, String database) {}
