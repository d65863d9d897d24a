package io.parley.adapter.web.conversation;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Serdeable
@Schema(name = "Conversations")
record ConversationsView(List<ConversationView> conversations, long total, int skip, int limit) {}
