package io.parley.adapter.web.conversation;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Serdeable
@Schema(name = "Messages")
record MessagesView(List<MessageView> messages, long total, int skip, int limit) {}
