package io.parley.domain.port;

/** A credential. Prints as {@code ***}; ask for {@link #reveal()} only where it is sent. */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
