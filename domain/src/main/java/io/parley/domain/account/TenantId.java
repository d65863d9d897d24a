package io.parley.domain.account;

import java.util.UUID;

/** An organisation, or one person alone: the wall that nothing crosses. */
public record TenantId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
