package io.parley.adapter.web.account;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * @param expiresIn seconds for which the access token is good
 */
@Serdeable
@Schema(name = "Tokens")
record TokensView(String accessToken, String refreshToken, String tokenType, long expiresIn) {}
