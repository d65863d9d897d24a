package io.parley.application.check;

import java.util.List;

/**
 * What is tried on one backend. It works on things of its own, which it makes and takes away,
 * beside whatever else lies there.
 */
public interface Probe {

  Subject subject();

  /** In their order; each may build on those before. */
  List<Check> checks();

  /**
   * Takes away what it made, and closes what it opened: once, at the end, whatever happened before.
   *
   * @return what could not be taken away, so that somebody finds it
   */
  List<String> cleanUp();
}
