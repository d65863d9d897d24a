package io.parley.adapter.web.problem;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;
import io.swagger.v3.oas.annotations.Hidden;

/** Where every exception ends, whoever threw it. */
@Hidden
@Controller
final class CatchAll {
  private final Problems problems;

  CatchAll(Problems problems) {
    this.problems = problems;
  }

  @Error(global = true, exception = Throwable.class)
  HttpResponse<byte[]> respond(HttpRequest<?> request, Throwable thrown) {
    return problems.response(request, problems.problem(request, thrown));
  }
}
