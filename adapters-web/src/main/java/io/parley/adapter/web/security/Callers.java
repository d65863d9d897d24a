package io.parley.adapter.web.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.parley.application.account.IdentifyUser;
import io.parley.domain.access.Actor;
import io.parley.domain.account.UserId;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Finds out who calls. A user who is suspended, who lost a role, or who changed the password is
 * seen as such after at most {@link #REMEMBERED}, on every server.
 */
@Singleton
public final class Callers {
  private static final Duration REMEMBERED = Duration.ofSeconds(2);
  private static final String BEARER = "Bearer ";

  private final AccessTokens tokens;
  private final IdentifyUser identify;
  private final Cache<UserId, Optional<IdentifyUser.Identity>> known =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(REMEMBERED).build();

  Callers(AccessTokens tokens, IdentifyUser identify) {
    this.tokens = tokens;
    this.identify = identify;
  }

  /** Whether a credential came with the request, good or not. */
  static boolean hasCredential(HttpRequest<?> request) {
    return request.getHeaders().contains(HttpHeaders.AUTHORIZATION);
  }

  /** Whose credential the request carries. May ask the database. */
  Optional<Actor.Person> find(HttpRequest<?> request) {
    String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    return tokens.verify(header.substring(BEARER.length()).strip()).flatMap(this::person);
  }

  private Optional<Actor.Person> person(AccessTokens.Claims token) {
    Optional<IdentifyUser.Identity> identity = known.get(token.user(), identify::identify);
    if (identity.filter(i -> i.passwordVersion() < token.passwordVersion()).isPresent()) {
      // The password has changed since we looked, and this token is newer than that.
      known.invalidate(token.user());
      identity = known.get(token.user(), identify::identify);
    }
    return identity
        .filter(i -> i.passwordVersion() == token.passwordVersion())
        .map(IdentifyUser.Identity::person);
  }

  /** Lets a change of the user be seen at once, on this server. */
  public void forget(UserId user) {
    known.invalidate(user);
  }

  /** The caller of a request that need not have one. */
  public static Optional<Caller> of(HttpRequest<?> request) {
    return CallerBinder.of(request);
  }
}
