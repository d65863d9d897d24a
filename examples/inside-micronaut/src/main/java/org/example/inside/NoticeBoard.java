package org.example.inside;

import io.micronaut.runtime.event.annotation.EventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.parley.application.LocalBot;
import io.parley.application.Parley;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/** This application's own notices, which can be asked about. */
@Singleton
final class NoticeBoard {
  private static final String NOTICES =
      """
      The swimming pool of Ostby closes at nine in the evening.
      The sauna is heated on Thursdays and Saturdays only.
      """;

  private final LocalBot bot;
  private final AtomicInteger starts = new AtomicInteger();

  NoticeBoard(Parley parley) {
    bot = parley.localBot("Notices");
  }

  @EventListener
  void onStart(ServerStartupEvent event) throws InterruptedException {
    starts.incrementAndGet();
    bot.await(bot.add("notices.txt", NOTICES));
  }

  LocalBot bot() {
    return bot;
  }

  /** How often it was told that a server started: only this application's own counts. */
  int starts() {
    return starts.get();
  }
}
