package io.parley.domain.transfer;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;

/** Who an outside issuer says a user is. */
public record Identity(String issuer, String subject, TenantId tenant, UserId user) {}
