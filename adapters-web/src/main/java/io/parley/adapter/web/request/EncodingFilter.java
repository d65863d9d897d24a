package io.parley.adapter.web.request;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;

/** Refuses packed bodies before a byte of them is read: nobody bounds what they unpack to. */
@ServerFilter("/**")
@Order(FilterOrder.ENCODING)
final class EncodingFilter {
  @RequestFilter
  void refusePacked(HttpRequest<?> request) {
    for (String encoding : request.getHeaders().getAll("Content-Encoding")) {
      if (!encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
        throw Problem.of(
                ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                "Send the body unpacked: Content-Encoding is not supported.")
            .asException();
      }
    }
  }
}
