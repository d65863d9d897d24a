package org.example.host;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.event.StartupEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import java.util.concurrent.atomic.AtomicInteger;

/** A bean of the application around; counts how often it is made and told of a start. */
@Context
public class HostBean {

  static final AtomicInteger MADE = new AtomicInteger();
  static final AtomicInteger STARTS = new AtomicInteger();

  HostBean() {
    MADE.incrementAndGet();
  }

  @EventListener
  void onStart(StartupEvent event) {
    STARTS.incrementAndGet();
  }
}
