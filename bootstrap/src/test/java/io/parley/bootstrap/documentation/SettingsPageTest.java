package io.parley.bootstrap.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.bootstrap.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

  @Test
  void theConfigurationPageListsEverySetting() throws IOException {
    GeneratedText.requirePart("docs/configuration.md", table());
  }

  @Test
  void theExampleFileListsEverySetting() throws IOException {
    GeneratedText.requireFile(".env.example", example());
  }

  @Test
  void aPageThatMissesASettingIsNoticed() throws IOException {
    String page = Files.readString(GeneratedText.ROOT.resolve("docs/configuration.md"));
    String damaged = page.replaceFirst("\\| `API_PORT`.*\n", "");
    assertThat(damaged).isNotEqualTo(page);
    assertThatThrownBy(
            () -> assertThat(damaged).isEqualTo(GeneratedText.replaced(damaged, table())))
        .isInstanceOf(AssertionError.class);
  }

  private static String table() {
    StringBuilder table = new StringBuilder("| setting | default | meaning |\n|---|---|---|\n");
    for (Setting setting : Setting.values()) {
      String standard = setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`";
      table
          .append("| `")
          .append(setting)
          .append("` | ")
          .append(standard)
          .append(" | ")
          .append(setting.description())
          .append(setting.secret() ? " Secret." : "")
          .append(" |\n");
    }
    return table.toString();
  }

  private static String example() {
    StringBuilder text =
        new StringBuilder(
            "# Copy to .env and uncomment what you want to change. Nothing is needed to begin.\n");
    for (Setting setting : Setting.values()) {
      text.append("\n# ").append(setting.description());
      text.append("\n#").append(setting).append("=").append(setting.standard()).append("\n");
    }
    return text.toString();
  }
}
