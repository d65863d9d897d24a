package io.parley.adapter.web.security;

import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Lets the framework know who calls, off the event loop, since it may ask the database. */
@Singleton
final class TokenFetcher implements AuthenticationFetcher<HttpRequest<?>> {
  private final Callers callers;
  private final Scheduler blocking;

  TokenFetcher(Callers callers, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.callers = callers;
    this.blocking = Schedulers.fromExecutorService(blocking);
  }

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    if (!Callers.hasCredential(request)) {
      return Mono.empty();
    }
    return Mono.<Authentication>fromCallable(
            () -> callers.find(request).map(SignedIn::new).orElse(null))
        .subscribeOn(blocking);
  }
}
