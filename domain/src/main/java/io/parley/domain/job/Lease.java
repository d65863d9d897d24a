package io.parley.domain.job;

import java.time.Instant;
import java.util.UUID;

/**
 * The right to work on a job until it expires or is renewed. A worker that lost it cannot change a
 * row: every write of its work is made in a transaction that has first checked the token.
 *
 * @param token new with every claim
 * @param attempt counts from 1
 */
public record Lease(Job job, UUID token, int attempt, Instant expiresAt) {}
