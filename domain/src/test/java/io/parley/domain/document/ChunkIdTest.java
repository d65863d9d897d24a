package io.parley.domain.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkIdTest {

  /** Expected values by another implementation of UUIDv5 (Python's {@code uuid.uuid5}). */
  @ParameterizedTest
  @CsvSource({
    "00000000-0000-0000-0000-000000000001, 1, 0, 51c7e307-f291-5a82-a3bb-cc95440e0dba",
    "3f2504e0-4f89-41d3-9a0c-0305e82c3301, 7, 1234, 0403e528-fea9-52aa-9531-0aa20c4289ca"
  })
  void anIdIsTheUuidV5OfSourceVersionAndOrdinal(UUID source, int version, int ordinal, UUID id) {
    assertThat(ChunkId.of(new VersionRef(new SourceId(source), version), ordinal).value())
        .isEqualTo(id);
  }

  @Test
  void noTwoPlacesShareAnId() {
    Set<ChunkId> ids = new HashSet<>();
    for (int source = 0; source < 10; source++) {
      for (int version = 1; version <= 12; version++) {
        for (int ordinal = 0; ordinal < 120; ordinal++) {
          ids.add(ChunkId.of(new VersionRef(new SourceId(new UUID(0, source)), version), ordinal));
        }
      }
    }
    assertThat(ids).hasSize(10 * 12 * 120);
  }

  @Test
  void theOrderIsThatOfTheTexts() {
    Random random = new Random(7);
    List<ChunkId> ids =
        Stream.concat(
                Stream.of(new UUID(-1, 1), new UUID(1, -1), new UUID(0, 0)),
                Stream.generate(() -> new UUID(random.nextLong(), random.nextLong())).limit(500))
            .map(ChunkId::new)
            .toList();
    assertThat(ids.stream().sorted().toList())
        .isEqualTo(ids.stream().sorted(Comparator.comparing(ChunkId::toString)).toList());
  }
}
