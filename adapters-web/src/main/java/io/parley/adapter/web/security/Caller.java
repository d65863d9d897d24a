package io.parley.adapter.web.security;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.UserScope;
import java.security.Principal;

/**
 * Who calls, as an argument of a controller: bound from the verified token, never from the request.
 */
public record Caller(Actor.Person person) implements Principal {
  /** What belongs to the caller alone. */
  public UserScope own() {
    return Access.own(person);
  }

  @Override
  public String getName() {
    return person.user().toString();
  }
}
