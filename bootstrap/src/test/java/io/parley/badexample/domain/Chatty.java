package io.parley.badexample.domain;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A domain class that logs, and a callback that is no port. */
public final class Chatty {
  static final Logger LOG = LoggerFactory.getLogger(Chatty.class);

  /** To be implemented outside. */
  public interface Listener {}
}
