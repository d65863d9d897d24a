package io.parley.bootstrap.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.storage.redis.RedisUrl;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheSettingsTest {
  private static final String URL = "redis://:s3cr3t@cache:6380/2";

  @TempDir private Path home;

  private CacheSettings read(Map<String, String> environment) {
    return Settings.read(environment, home).cache();
  }

  @Test
  void nothingSetIsTheProcess() {
    assertThat(read(Map.of())).isEqualTo(new CacheSettings(false, null));
    assertThat(read(Map.of("PARLEY_CACHE", "memory")).inRedis()).isFalse();
  }

  @Test
  void aRedisThatIsThereIsUsedUnlessSomethingElseIsChosen() {
    assertThat(read(Map.of("REDIS_URL", URL)))
        .isEqualTo(new CacheSettings(true, RedisUrl.parse(URL)));
    assertThat(read(Map.of("REDIS_URL", URL, "PARLEY_CACHE", "redis")).inRedis()).isTrue();
    assertThat(read(Map.of("REDIS_URL", URL, "PARLEY_CACHE", "memory")))
        .isEqualTo(new CacheSettings(false, RedisUrl.parse(URL)));
  }

  @Test
  void whatIsMissingOrWrongIsNamedWithoutItsValue() {
    assertThatThrownBy(() -> read(Map.of("PARLEY_CACHE", "redis")))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining("REDIS_URL: PARLEY_CACHE=redis needs it");
    assertThatThrownBy(() -> read(Map.of("PARLEY_CACHE", "shoebox")))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining("PARLEY_CACHE: Choose memory or redis.");
    assertThatThrownBy(() -> read(Map.of("REDIS_URL", "http://:s3cr3t@cache")))
        .isInstanceOf(WrongSetting.class)
        .hasMessageContaining("REDIS_URL")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t").doesNotContain("\n"));
  }

  @Test
  void aCommandThatKeepsEverythingApartUsesNoRedis() {
    Map<String, String> set = Map.of("REDIS_URL", URL, "PARLEY_CACHE", "redis");
    assertThat(Settings.readApart(set, home, home).cache())
        .isEqualTo(new CacheSettings(false, null));
  }

  @Test
  void thePasswordIsNotPrinted() {
    assertThat(Settings.read(Map.of("REDIS_URL", URL), home).toString()).doesNotContain("s3cr3t");
  }
}
