package io.parley.application;

/**
 * Adapters that are opened together with their defaults, for {@link ParleyBuilder#with(Adapters)}.
 * Every adapter module offers some, as {@code EmbeddedPostgres.in(directory)}; a program may write
 * its own as a lambda.
 */
@FunctionalInterface
public interface Adapters {

  /**
   * Opens them and hands them to the builder. When it throws, nothing of it stays open.
   *
   * @return what closes them again
   */
  AutoCloseable open(ParleyBuilder builder);
}
