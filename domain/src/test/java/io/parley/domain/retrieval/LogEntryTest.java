package io.parley.domain.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.parley.domain.account.TenantId;
import io.parley.domain.bot.BotId;
import io.parley.domain.document.SourceId;
import io.parley.domain.retrieval.LogEntry.Change;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogEntryTest {
  private static final UUID ID = new UUID(9, 9);

  @Test
  void aPositionNamesItsEntry() {
    assertThat(entry(3, Change.VERSION_ADDED, 1).at()).isEqualTo(new LogPosition(3, ID));
  }

  @Test
  void theStartHasNoEntryAndEveryOtherPositionHasOne() {
    assertThat(LogPosition.START).isEqualTo(new LogPosition(0, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new LogPosition(0, ID));
    assertThatIllegalArgumentException().isThrownBy(() -> new LogPosition(1, null));
    assertThatIllegalArgumentException().isThrownBy(() -> new LogPosition(-1, ID));
  }

  @Test
  void aVersionsChangeNamesTheVersionAndASourcesDoesNot() {
    assertThatIllegalArgumentException().isThrownBy(() -> entry(1, Change.VERSION_ADDED, null));
    assertThatIllegalArgumentException().isThrownBy(() -> entry(1, Change.VERSION_REMOVED, null));
    assertThatIllegalArgumentException().isThrownBy(() -> entry(1, Change.SOURCE_REMOVED, 1));
    assertThat(entry(1, Change.SOURCE_REMOVED, null).version()).isNull();
  }

  private static LogEntry entry(long position, Change change, @Nullable Integer version) {
    return new LogEntry(
        position,
        ID,
        change,
        new TenantId(new UUID(1, 1)),
        new BotId(new UUID(3, 1)),
        new SourceId(new UUID(4, 1)),
        version);
  }
}
