package io.parley.adapter.web.conversation;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

@Serdeable
@Schema(name = "Exchange")
record ExchangeView(MessageView userMessage, MessageView assistantMessage) {}
