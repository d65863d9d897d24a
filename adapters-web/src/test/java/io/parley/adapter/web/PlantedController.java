package io.parley.adapter.web;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;

/** Routes that break the rules, so that the rules are seen to bite. */
@Controller("/test")
final class PlantedController {
  @Get("/unannotated")
  String unannotated() {
    return "open to all";
  }

  @Get("/language")
  @Secured(SecurityRule.IS_ANONYMOUS)
  String language(io.micronaut.http.HttpRequest<?> request) {
    return request.getHeaders().contains("Accept-Language") ? "some" : "none";
  }

  @Get("/expression")
  @Secured("#{ false }")
  String expression() {
    return "open to whom?";
  }

  @Get("/on-the-event-loop")
  @Secured(SecurityRule.IS_ANONYMOUS)
  String onTheEventLoop() {
    return Thread.currentThread().toString();
  }
}
