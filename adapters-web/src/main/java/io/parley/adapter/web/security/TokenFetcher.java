package io.parley.adapter.web.security;

import io.micronaut.http.HttpRequest;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.filters.AuthenticationFetcher;
import io.parley.adapter.web.request.RequestRates;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Lets the framework know who calls, off the event loop, since it may ask the database. */
@Singleton
final class TokenFetcher implements AuthenticationFetcher<HttpRequest<?>> {
  private final Callers callers;
  private final RequestRates rates;
  private final Scheduler blocking;

  TokenFetcher(
      Callers callers,
      RequestRates rates,
      @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
    this.callers = callers;
    this.rates = rates;
    this.blocking = Schedulers.fromExecutorService(blocking);
  }

  @Override
  public Publisher<Authentication> fetchAuthentication(HttpRequest<?> request) {
    if (!Callers.hasCredential(request)) {
      return Mono.empty();
    }
    return Mono.<Authentication>fromCallable(() -> find(request)).subscribeOn(blocking);
  }

  private @Nullable SignedIn find(HttpRequest<?> request) {
    Optional<SignedIn> found = callers.find(request).map(SignedIn::new);
    if (found.isEmpty()) {
      rates.admitRejected(request);
    }
    return found.orElse(null);
  }
}
