package io.parley.domain.account;

import java.time.Instant;
import java.util.UUID;

/**
 * A refresh token as it is kept: by its hash only.
 *
 * @param family all tokens that descend from one log-in; reuse of a spent one revokes them all
 * @param hash hexadecimal SHA-256 of the token
 */
public record RefreshToken(UUID family, String hash, UserId user, Instant expiresAt) {}
