package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.Secret;
import io.parley.domain.port.persistence.InstanceSecrets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link InstanceSecrets} does. */
public abstract class InstanceSecretsContract {

  /** The ports under test. */
  protected abstract CorePorts ports();

  private InstanceSecrets secrets() {
    return ports().secrets();
  }

  private static String name() {
    return "secret-" + UUID.randomUUID();
  }

  @Test
  void makesASecretOnceHoweverManyAsk() {
    String name = name();
    AtomicInteger made = new AtomicInteger();
    List<Secret> got =
        Together.run(
            8, () -> secrets().getOrCreate(name, () -> new Secret("s" + made.incrementAndGet())));
    assertThat(got).containsOnly(new Secret("s1"));
    assertThat(made).hasValue(1);
  }

  @Test
  void consumesTheRightOneOnce() {
    String name = name();
    Secret secret = secrets().getOrCreate(name, () -> new Secret("right"));
    assertThat(secrets().consume(name, new Secret("wrong"))).isFalse();
    assertThat(secrets().available(name)).isTrue();
    assertThat(Together.run(8, () -> secrets().consume(name, secret)))
        .containsOnlyOnce(true)
        .hasSize(8);
    assertThat(secrets().available(name)).isFalse();
  }

  @Test
  void makesAConsumedOneNeverAgain() {
    String name = name();
    Secret secret = secrets().getOrCreate(name, () -> new Secret("first"));
    secrets().consume(name, secret);
    assertThat(secrets().getOrCreate(name, () -> new Secret("second"))).isEqualTo(secret);
    assertThat(secrets().available(name)).isFalse();
    assertThat(secrets().consume(name, secret)).isFalse();
  }

  @Test
  void aPresetReplacesWhatWasMade() {
    String name = name();
    Secret made = secrets().getOrCreate(name, () -> new Secret("made"));
    secrets().preset(name, new Secret("preset"));
    assertThat(secrets().getOrCreate(name, () -> new Secret("other")))
        .isEqualTo(new Secret("preset"));
    assertThat(secrets().consume(name, made)).isFalse();
    assertThat(secrets().consume(name, new Secret("preset"))).isTrue();
  }

  @Test
  void theSamePresetDoesNotBringBackWhatWasUsedUp() {
    String name = name();
    secrets().preset(name, new Secret("first"));
    secrets().consume(name, new Secret("first"));
    secrets().preset(name, new Secret("first"));
    assertThat(secrets().available(name)).isFalse();
    secrets().preset(name, new Secret("second"));
    assertThat(secrets().available(name)).isTrue();
  }

  @Test
  void hasNothingUnderAnUnknownName() {
    assertThat(secrets().available(name())).isFalse();
    assertThat(secrets().consume(name(), new Secret("any"))).isFalse();
  }
}
