package io.parley.adapter.web.json;

import io.parley.adapter.web.problem.FieldError;
import io.parley.adapter.web.problem.Problem;
import io.parley.domain.port.ListRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which part of a list a caller wants. */
public final class Paging {
  private static final int LIMIT = 100;

  private Paging() {}

  /** Reads {@code skip} (from 0) and {@code limit} (1–100, default 100), or ends with 422. */
  public static ListRequest of(@Nullable String skip, @Nullable String limit) {
    List<FieldError> errors = new ArrayList<>();
    int from = number("skip", skip, 0, Integer.MAX_VALUE, 0, errors);
    int many = number("limit", limit, 1, LIMIT, LIMIT, errors);
    if (!errors.isEmpty()) {
      throw Problem.invalid(errors).asException();
    }
    return new ListRequest(from, many);
  }

  private static int number(
      String name,
      @Nullable String given,
      int min,
      int max,
      int fallback,
      List<FieldError> errors) {
    if (given == null || given.isBlank()) {
      return fallback;
    }
    try {
      int number = Integer.parseInt(given.strip());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the same refusal
    }
    errors.add(
        new FieldError(name, name + " must be a whole number from " + min + " to " + max + "."));
    return fallback;
  }
}
