package io.parley.adapter.web.request;

/** The order in which a request passes the filters; an answer passes them the other way round. */
final class FilterOrder {
  static final int LOG = -20_000;
  static final int CORS = LOG + 100;
  static final int ENCODING = CORS + 100;

  /** After the framework has found out who calls ({@code ServerFilterPhase.SECURITY}). */
  static final int RATE = 39_250;

  private FilterOrder() {}
}
