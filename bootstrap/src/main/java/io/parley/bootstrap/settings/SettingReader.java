package io.parley.bootstrap.settings;

import io.parley.adapter.persistence.DatabaseUrl;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns texts into values, or says in one line why not. */
final class SettingReader {
  private final RawSettings raw;

  SettingReader(RawSettings raw) {
    this.raw = raw;
  }

  String text(Setting setting) {
    return raw.text(setting);
  }

  boolean isSet(Setting setting) {
    return raw.find(setting).isPresent();
  }

  int number(Setting setting, int least, int most) {
    try {
      int value = Integer.parseInt(text(setting));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new WrongSetting(
        setting,
        "\"" + text(setting) + "\" is not a whole number from " + least + " to " + most + ".");
  }

  boolean truth(Setting setting) {
    return switch (text(setting).toLowerCase(Locale.ROOT)) {
      case "true", "1", "yes" -> true;
      case "false", "0", "no" -> false;
      default -> throw new WrongSetting(setting, "Choose true or false.");
    };
  }

  <E extends Enum<E>> E oneOf(Setting setting, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(e -> e.name().equalsIgnoreCase(text(setting)))
        .findFirst()
        .orElseThrow(() -> new WrongSetting(setting, "Choose " + choices(type) + "."));
  }

  private static <E extends Enum<E>> String choices(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(e -> e.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" or "));
  }

  Path path(Setting setting, Path standard) {
    try {
      return isSet(setting) ? Path.of(text(setting)).toAbsolutePath().normalize() : standard;
    } catch (InvalidPathException e) {
      throw new WrongSetting(setting, "This is not a path: " + text(setting));
    }
  }

  @Nullable URI url(Setting setting) {
    if (!isSet(setting)) {
      return null;
    }
    URI uri = uri(setting);
    if (uri.getRawUserInfo() != null) {
      throw new WrongSetting(
          setting, "Give the URL without a user or password: a key has a setting of its own.");
    }
    return uri;
  }

  private URI uri(Setting setting) {
    try {
      URI uri = URI.create(text(setting));
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new WrongSetting(setting, "Give a URL such as https://parley.example.com.");
  }

  @Nullable DatabaseUrl database(Setting setting) {
    if (!isSet(setting)) {
      return null;
    }
    try {
      return DatabaseUrl.parse(text(setting));
    } catch (PortFailure e) {
      throw new WrongSetting(e.sentence());
    }
  }

  @Nullable Secret secret(Setting setting, int least) {
    if (!isSet(setting)) {
      return null;
    }
    if (text(setting).length() < least) {
      throw new WrongSetting(setting, "It needs at least " + least + " characters.");
    }
    return new Secret(text(setting));
  }
}
