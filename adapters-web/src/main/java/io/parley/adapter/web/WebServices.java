package io.parley.adapter.web;

import io.parley.adapter.web.health.ReadinessProbe;
import io.parley.application.Parley;
import io.parley.application.account.RegistrationMode;
import io.parley.application.account.SetupCode;
import io.parley.domain.port.ai.ChatModels;
import io.parley.domain.port.persistence.DatabaseHealth;
import io.parley.domain.port.persistence.IdempotencyRepository;
import io.parley.domain.port.security.PasswordHasher;
import io.parley.domain.port.storage.RateLimiter;
import io.parley.domain.port.storage.SignedBlobs;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server serves.
 *
 * @param previews absent where the blob store serves its own links
 * @param probes asked by {@code /health/ready}, beside the database
 */
public record WebServices(
    Parley parley,
    PasswordHasher hasher,
    RegistrationMode registration,
    SetupCode setupCode,
    IdempotencyRepository idempotency,
    DatabaseHealth database,
    ChatModels chatModels,
    @Nullable SignedBlobs previews,
    List<ReadinessProbe> probes,
    RateLimiter rateLimiter,
    InstantSource clock) {

  public WebServices {
    probes = List.copyOf(probes);
  }
}
