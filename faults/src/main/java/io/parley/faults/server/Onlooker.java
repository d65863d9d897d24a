package io.parley.faults.server;

import java.net.http.HttpRequest;
import java.time.Duration;

/** Sees every answer that users get. Called by several threads. */
@FunctionalInterface
interface Onlooker {
  void saw(HttpRequest request, Answer answer, Duration took);
}
