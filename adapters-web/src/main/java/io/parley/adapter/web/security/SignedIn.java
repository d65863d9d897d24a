package io.parley.adapter.web.security;

import io.micronaut.security.authentication.Authentication;
import io.parley.domain.access.Actor;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A signed-in person, in the framework's terms. Its name is the user's id. */
final class SignedIn implements Authentication {
  private static final long serialVersionUID = 1L;

  private final transient Actor.Person person;

  SignedIn(Actor.Person person) {
    this.person = person;
  }

  Actor.Person person() {
    return person;
  }

  @Override
  public String getName() {
    return person.user().toString();
  }

  @Override
  public Map<String, Object> getAttributes() {
    return Map.of();
  }

  @Override
  public Collection<String> getRoles() {
    return person.staff() ? List.of(STAFF) : List.of();
  }

  /** The role of staff. */
  static final String STAFF = "staff";
}
