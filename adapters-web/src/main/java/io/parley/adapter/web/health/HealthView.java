package io.parley.adapter.web.health;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

@Serdeable
@Schema(name = "Health")
record HealthView(String status) {
  static final String HEALTHY = "healthy";
  static final String UNHEALTHY = "unhealthy";
}
