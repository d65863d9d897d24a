package io.parley.domain.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.domain.bot.BotConfiguration.Agent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotProfileTest {

  @Test
  void aNamedBotHasTheDefaults() {
    BotProfile bot = BotProfile.named("  Ferry guide ");
    assertThat(bot.name()).isEqualTo("Ferry guide");
    assertThat(bot.welcomeMessage()).isEqualTo("Hi! How can I help you today?");
    assertThat(bot.temperature()).isEqualTo(0.7);
    assertThat(bot.isPublic()).isFalse();
    assertThat(bot.configuration()).isEqualTo(BotConfiguration.DEFAULT);
  }

  @Test
  void longestTextsAreAccepted() {
    assertThat(
            profile("n".repeat(100), "d".repeat(500), "w".repeat(200), "s".repeat(32_000), 2)
                .name())
        .hasSize(100);
  }

  @Test
  void longerTextsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BotProfile.named("n".repeat(101)))
        .withMessageContaining("name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile("n", "d".repeat(501), "w", null, 0))
        .withMessageContaining("description");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile("n", null, "w".repeat(201), null, 0))
        .withMessageContaining("welcome_message");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile("n", null, "w", "s".repeat(32_001), 0))
        .withMessageContaining("system_prompt");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void aBlankNameIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> BotProfile.named(name));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 2.01, Double.NaN, Double.POSITIVE_INFINITY})
  void aTemperatureOutsideItsRangeIsRefused(double temperature) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> profile("n", null, "w", null, temperature));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 51})
  void aNumberOfPassagesOutsideItsRangeIsRefused(int topK) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BotConfiguration(Agent.RAG, List.of(), topK));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50})
  void theNumberOfPassagesIncludesItsBounds(int topK) {
    assertThat(new BotConfiguration(Agent.RAG, List.of(), topK).topK()).isEqualTo(topK);
  }

  @Test
  void toolsCannotBeChangedAfterwards() {
    List<String> tools = new ArrayList<>(List.of("calculator"));
    BotConfiguration configuration = new BotConfiguration(Agent.REACT, tools, null);
    tools.add("http_get");
    assertThat(configuration.tools()).containsExactly("calculator");
  }

  private static BotProfile profile(
      String name,
      @Nullable String description,
      String welcome,
      @Nullable String prompt,
      double temperature) {
    return new BotProfile(
        name, description, welcome, null, prompt, temperature, false, BotConfiguration.DEFAULT);
  }
}
