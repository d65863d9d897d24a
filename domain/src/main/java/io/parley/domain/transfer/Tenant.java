package io.parley.domain.transfer;

import io.parley.domain.account.TenantId;
import java.time.Instant;

/** An organisation, or one person alone. */
public record Tenant(TenantId id, Instant createdAt) {}
