package io.parley.bootstrap.settings;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values that are set, each with where it comes from: the environment first, then {@code
 * .env.<ENVIRONMENT>}, {@code .env.local} and {@code .env} beside the launcher. {@code NAME_FILE}
 * names a file that holds the value. An empty value is none.
 */
public final class RawSettings {
  private final Map<Setting, Value> values = new EnumMap<>(Setting.class);

  /**
   * A value that is set.
   *
   * @param source for people: the environment, or the name of a file
   */
  public record Value(String text, String source) {}

  private RawSettings() {}

  /**
   * Reads what is set.
   *
   * @param home the directory of the launcher
   * @throws WrongSetting when a file cannot be read
   */
  public static RawSettings read(Map<String, String> environment, Path home) {
    Map<String, Value> all = new LinkedHashMap<>();
    put(all, environment, "environment");
    put(all, file(home, ".env.local"), ".env.local");
    put(all, file(home, ".env"), ".env");
    String kind = all.getOrDefault("ENVIRONMENT", new Value("development", "")).text();
    Map<String, Value> ordered = new LinkedHashMap<>();
    put(ordered, environment, "environment");
    if (kind.matches("[a-z]+") && !kind.equals("local")) {
      put(ordered, file(home, ".env." + kind), ".env." + kind);
    }
    all.forEach(ordered::putIfAbsent);
    RawSettings settings = new RawSettings();
    for (Setting setting : Setting.values()) {
      settings.add(setting, ordered);
    }
    return settings;
  }

  /**
   * The same, but for everything being kept in one directory: the database, the indexes and the
   * files.
   */
  RawSettings apart(Path directory) {
    values.remove(Setting.DATABASE_URL);
    values.remove(Setting.PARLEY_BLOB_DIR);
    values.remove(Setting.PARLEY_BLOB_STORE);
    values.remove(Setting.PARLEY_MOVE_BLOBS_FROM);
    values.remove(Setting.S3_BUCKET_NAME);
    values.remove(Setting.PARLEY_VECTOR_STORE);
    values.remove(Setting.QDRANT_URL);
    values.remove(Setting.PINECONE_API_KEY);
    values.remove(Setting.PARLEY_CACHE);
    values.remove(Setting.REDIS_URL);
    values.put(Setting.PARLEY_DATA_DIR, new Value(directory.toString(), "the command"));
    return this;
  }

  /** The value of a setting, where one is set. */
  public Optional<Value> find(Setting setting) {
    return Optional.ofNullable(values.get(setting));
  }

  /** The value, or the default; empty text where there is neither. */
  String text(Setting setting) {
    return find(setting).map(Value::text).orElse(setting.standard());
  }

  private void add(Setting setting, Map<String, Value> all) {
    Value direct = all.get(setting.name());
    Value file = all.get(setting.name() + "_FILE");
    if (direct != null && file != null) {
      throw new WrongSetting(setting, "Set it or " + setting + "_FILE, not both.");
    }
    if (direct != null) {
      values.put(setting, direct);
    } else if (file != null) {
      values.put(setting, new Value(content(setting, file.text()), file.text()));
    }
  }

  private static String content(Setting setting, String file) {
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException | RuntimeException e) {
      throw new WrongSetting(setting, "The file of " + setting + "_FILE cannot be read: " + file);
    }
  }

  private static void put(Map<String, Value> all, Map<String, String> values, String source) {
    values.forEach((name, value) -> {
      if (!value.isBlank()) {
        all.putIfAbsent(name, new Value(value.strip(), source));
      }
    });
  }

  private static Map<String, String> file(Path home, String name) {
    Path path = home.resolve(name);
    if (!Files.exists(path)) {
      return Map.of();
    }
    try {
      Dotenv file = Dotenv.configure().directory(home.toString()).filename(name).load();
      Map<String, String> values = new LinkedHashMap<>();
      for (DotenvEntry entry : List.copyOf(file.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE))) {
        values.put(entry.getKey(), entry.getValue());
      }
      return values;
    } catch (DotenvException e) {
      throw new WrongSetting(name + " cannot be read: " + e.getMessage());
    }
  }
}
