package io.parley.application.account;

import io.parley.application.validation.InvalidInput;
import io.parley.domain.port.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who wants an account sends.
 *
 * @param username 1–50 characters after trimming, no blanks inside
 * @param email at most 255 characters after trimming
 * @param password 8–1,024 characters
 * @param firstName at most 50 characters after trimming
 * @param lastName at most 50 characters after trimming
 * @param setupCode makes it a staff account, once
 */
public record RegistrationRequest(
    String username,
    String email,
    Secret password,
    String firstName,
    String lastName,
    @Nullable Secret setupCode) {

  public RegistrationRequest {
    username = username.strip();
    email = email.strip();
    firstName = firstName.strip();
    lastName = lastName.strip();
  }

  /** What is not acceptable, field by field; empty when it may be registered. */
  public List<InvalidInput.Field> faults() {
    return RegistrationRules.faults(this);
  }
}
