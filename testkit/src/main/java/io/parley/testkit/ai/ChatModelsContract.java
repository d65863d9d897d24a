package io.parley.testkit.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.port.ai.ChatModels;
import org.junit.jupiter.api.Test;

/** What every {@link ChatModels} does. */
public abstract class ChatModelsContract {

  /** The catalogue under test. */
  protected abstract ChatModels models();

  @Test
  void namesTheStandardModelFirstAndEachOnce() {
    assertThat(models().names())
        .doesNotHaveDuplicates()
        .first()
        .isEqualTo(models().standard().name());
  }

  @Test
  void findsEachModelByItsName() {
    for (String name : models().names()) {
      assertThat(models().find(name)).hasValueSatisfying(m -> assertThat(m.name()).isEqualTo(name));
    }
    assertThat(models().find(models().standard().name())).containsSame(models().standard());
  }

  @Test
  void findsNothingUnderOtherNames() {
    String standard = models().standard().name();
    for (String name : new String[] {"", " ", standard + " ", standard + "-2", "no-such-model"}) {
      assertThat(models().find(name)).as("\"%s\"", name).isEmpty();
    }
  }
}
