package io.parley.domain.port;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param total items in the whole list
 */
public record Listing<T>(List<T> items, long total, ListRequest request) {
  public Listing {
    items = List.copyOf(items);
  }

  public <R> Listing<R> map(Function<? super T, ? extends R> f) {
    return new Listing<>(items.stream().<R>map(f).toList(), total, request);
  }
}
