package io.parley.adapter.web.bot;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Serdeable
@Schema(name = "Bots")
record BotsView(List<BotView> bots, long total, int skip, int limit) {}
