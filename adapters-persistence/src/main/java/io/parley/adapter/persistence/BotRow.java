package io.parley.adapter.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotConfiguration;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.bot.BotStatus;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of {@code bots}, and the JSON in it. */
final class BotRow {

  private BotRow() {}

  private record Configuration(
      @Nullable String agent, @Nullable List<String> tools, @Nullable Integer top_k) {}

  static Bot bot(Row row) throws SQLException {
    return new Bot(
        new BotId(row.uuid("id")),
        new TenantId(row.uuid("tenant_id")),
        new UserId(row.uuid("owner_id")),
        profile(row),
        row.constant("status", BotStatus.class),
        row.bool("is_clone"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  private static BotProfile profile(Row row) throws SQLException {
    return new BotProfile(
        row.text("name"),
        row.nullableText("description"),
        row.text("welcome_message"),
        row.nullableText("model_type"),
        row.nullableText("system_prompt"),
        row.decimal("temperature"),
        row.bool("is_public"),
        configuration(row.text("configuration")));
  }

  static Json json(BotConfiguration configuration) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("agent", configuration.agent().name().toLowerCase(Locale.ROOT));
    json.put("tools", configuration.tools());
    if (configuration.topK() != null) {
      json.put("top_k", configuration.topK());
    }
    return Json.of(json);
  }

  private static BotConfiguration configuration(String json) {
    Configuration kept = Json.read(json, new TypeReference<Configuration>() {});
    BotConfiguration.Agent agent =
        kept.agent() == null
            ? BotConfiguration.DEFAULT.agent()
            : BotConfiguration.Agent.valueOf(kept.agent().toUpperCase(Locale.ROOT));
    return new BotConfiguration(
        agent, kept.tools() == null ? List.of() : kept.tools(), kept.top_k());
  }
}
