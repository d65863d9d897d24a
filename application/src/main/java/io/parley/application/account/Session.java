package io.parley.application.account;

import io.parley.domain.account.User;
import io.parley.domain.port.Secret;

/**
 * A user who is logged in.
 *
 * @param refreshToken good for one refresh
 */
public record Session(User user, Secret refreshToken) {}
