package io.parley.adapter.web.request;

import io.micronaut.http.filter.ServerFilterPhase;

/** The order in which a request passes the filters; an answer passes them the other way round. */
final class FilterOrder {
  static final int LOG = -20_000;
  static final int CORS = LOG + 100;
  static final int ENCODING = CORS + 100;
  static final int RATE = ServerFilterPhase.SECURITY.after();

  private FilterOrder() {}
}
