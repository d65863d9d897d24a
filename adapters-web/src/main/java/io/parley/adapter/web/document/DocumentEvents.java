package io.parley.adapter.web.document;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.parley.adapter.web.problem.Problem;
import io.parley.adapter.web.problem.ProblemKind;
import io.parley.adapter.web.stream.EventSink;
import io.parley.adapter.web.stream.EventStreams;
import io.parley.adapter.web.stream.Stopping;
import io.parley.application.document.BrowseDocuments;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.Document;
import io.parley.domain.document.SourceId;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Follows a document until it is taken in. */
@Singleton
final class DocumentEvents {
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final BrowseDocuments browse;
  private final EventStreams streams;
  private final Stopping stopping;

  DocumentEvents(BrowseDocuments browse, EventStreams streams, Stopping stopping) {
    this.browse = browse;
    this.streams = streams;
    this.stopping = stopping;
  }

  HttpResponse<?> follow(HttpRequest<?> request, BotScope scope, SourceId id) {
    return streams.open(request, sink -> follow(sink, scope, id));
  }

  private void follow(EventSink sink, BotScope scope, SourceId id) {
    DocumentView last = null;
    while (!sink.gone().getAsBoolean()) {
      Document document =
          browse.find(scope, id).orElseThrow(() -> Problem.notFound("document").asException());
      DocumentView now = DocumentView.of(document);
      switch (document.status()) {
        case COMPLETE, ERROR -> {
          sink.send("done", now);
          return;
        }
        case PENDING, PROCESSING -> {
          if (!now.equals(last)) {
            sink.send("progress", now);
          }
        }
      }
      last = now;
      stopping.check();
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.later(ProblemKind.UNAVAILABLE, "The server is stopping. Try again.")
          .asException();
    }
  }
}
