package io.parley.adapter.web.health;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Serdeable
@Schema(name = "Readiness")
record ReadinessView(String status, List<Backend> backends) {

  /**
   * @param latencyMs how long it took to answer
   * @param reason why it is down
   */
  @Serdeable
  @Schema(name = "Backend")
  record Backend(
      String name, boolean needed, String status, double latencyMs, @Nullable String reason) {
    static final String UP = "up";

    @JsonIgnore
    boolean isUp() {
      return status.equals(UP);
    }
  }
}
