package io.parley.adapter.web.health;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.parley.adapter.web.WebServices;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Tag(name = "Health")
@Controller("/health")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
final class HealthController {
  /** All are asked side by side; one that hangs is down. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final WebServices services;

  HealthController(WebServices services) {
    this.services = services;
  }

  @Get
  @Operation(operationId = "health", summary = "Whether the server can serve from its database")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = HealthView.class)))
  @ApiResponse(
      responseCode = "503",
      content = @Content(schema = @Schema(implementation = HealthView.class)))
  HttpResponse<HealthView> health() {
    return databaseReason() == null
        ? HttpResponse.ok(new HealthView(HealthView.HEALTHY))
        : unavailable(new HealthView(HealthView.UNHEALTHY));
  }

  @Get("/db")
  @Operation(operationId = "databaseHealth", summary = "Whether the database answers")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = DatabaseView.class)))
  @ApiResponse(
      responseCode = "503",
      content = @Content(schema = @Schema(implementation = DatabaseView.class)))
  HttpResponse<DatabaseView> database() {
    String reason = databaseReason();
    return reason == null
        ? HttpResponse.ok(new DatabaseView(HealthView.HEALTHY, "connected"))
        : unavailable(new DatabaseView(HealthView.UNHEALTHY, reason));
  }

  @Get("/ready")
  @Operation(operationId = "readiness", summary = "Each backend, with its state and latency")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = ReadinessView.class)))
  @ApiResponse(
      responseCode = "503",
      content = @Content(schema = @Schema(implementation = ReadinessView.class)))
  HttpResponse<ReadinessView> ready() {
    List<AskedBackend> asked = new ArrayList<>();
    asked.add(AskedBackend.ask("database", true, services.database()::ping));
    for (ReadinessProbe probe : services.probes()) {
      asked.add(AskedBackend.ask(probe.name(), probe.needed(), probe::check));
    }
    long deadline = System.nanoTime() + LONGEST.toNanos();
    List<ReadinessView.Backend> backends =
        asked.stream().map(backend -> backend.answer(deadline)).toList();
    boolean ready = backends.stream().noneMatch(b -> b.needed() && !b.isUp());
    return ready
        ? HttpResponse.ok(new ReadinessView("ready", backends))
        : unavailable(new ReadinessView("not_ready", backends));
  }

  private @Nullable String databaseReason() {
    return AskedBackend.reason(services.database()::ping);
  }

  private static <T> HttpResponse<T> unavailable(T body) {
    return HttpResponse.<T>status(HttpStatus.SERVICE_UNAVAILABLE).body(body);
  }
}
