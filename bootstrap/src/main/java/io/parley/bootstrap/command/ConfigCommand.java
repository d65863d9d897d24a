package io.parley.bootstrap.command;

import io.parley.bootstrap.settings.RawSettings;
import io.parley.bootstrap.settings.Setting;
import io.parley.bootstrap.settings.Settings;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code parley config}: shows every setting and where it comes from. */
@Command(
    name = "config",
    description =
        "Show every setting, where it comes from, and whether all are right. Secrets are hidden.",
    mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  ConfigCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RawSettings raw = RawSettings.read(System.getenv(), ParleyCommand.home());
    for (Setting setting : Setting.values()) {
      out.printf(
          "%-26s %-28s %s%n", setting, shown(setting, raw.find(setting)), source(raw, setting));
    }
    out.flush();
    Settings.read(System.getenv(), ParleyCommand.home());
    return 0;
  }

  private static String shown(Setting setting, Optional<RawSettings.Value> value) {
    if (value.isPresent() && setting.secret()) {
      return "***";
    }
    return value
        .map(RawSettings.Value::text)
        .orElse(setting.standard().isEmpty() ? "-" : setting.standard());
  }

  private static String source(RawSettings raw, Setting setting) {
    return raw.find(setting).map(v -> "(" + v.source() + ")").orElse("(default)");
  }
}
