package io.parley.adapter.web.problem;

import java.util.Locale;

/** The kinds of problem: a status, a title, and a machine code that never changes. */
public enum ProblemKind {
  MALFORMED(400, "Malformed request"),
  UNAUTHORIZED(401, "Not signed in"),
  FORBIDDEN(403, "Not allowed"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  NOT_ACCEPTABLE(406, "Not acceptable"),
  TIMED_OUT(408, "Request too slow"),
  CONFLICT(409, "Conflict"),
  BOT_INACTIVE(409, "Bot switched off"),
  TOO_LARGE(413, "Too large"),
  URI_TOO_LONG(414, "Address too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media"),
  RANGE_NOT_SATISFIABLE(416, "No such range"),
  INVALID(422, "Not acceptable content"),
  RATE_LIMITED(429, "Too many requests"),
  TOO_MANY_WAITING(429, "Too many documents waiting"),
  HEADER_TOO_LARGE(431, "Header too large"),
  INTERNAL(500, "Something went wrong"),
  UNAVAILABLE(503, "A backend is not available"),
  STORAGE_FULL(507, "Storage full");

  private final int status;
  private final String title;

  ProblemKind(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  String title() {
    return title;
  }

  /** The machine code, such as {@code not_found}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
