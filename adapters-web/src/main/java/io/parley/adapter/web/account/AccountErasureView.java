package io.parley.adapter.web.account;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;

/**
 * An account's erasure that has begun.
 *
 * @param receiptKey opens the receipt, in the header {@code Receipt-Key}; shown this once
 * @param receiptUrl where the receipt is, relative to the server
 */
@Serdeable
@Schema(name = "AccountErasure")
record AccountErasureView(UUID erasureId, String receiptKey, String receiptUrl) {}
