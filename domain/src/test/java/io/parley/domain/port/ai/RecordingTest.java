package io.parley.domain.port.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingTest {

  private static Recording recording(long size, @Nullable String language) {
    return new Recording(AudioType.OGG, size, language, InputStream::nullInputStream);
  }

  @ParameterizedTest
  @CsvSource({
    "audio/webm;codecs=opus, WEBM",
    "AUDIO/OGG, OGG",
    "' audio/x-m4a ', M4A",
    "video/mp4, M4A",
    "audio/mp3, MP3",
    "audio/x-wav, WAV"
  })
  void headersNameTypes(String header, AudioType type) {
    assertThat(AudioType.ofMediaType(header)).contains(type);
  }

  @Test
  void everyTypeIsFoundByItsOwnName() {
    for (AudioType type : AudioType.values()) {
      assertThat(AudioType.ofMediaType(type.mediaType())).contains(type);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";", "audio/flac", "text/plain", "audio"})
  void whatIsNoneOfTheseIsNone(String header) {
    assertThat(AudioType.ofMediaType(header)).isEmpty();
  }

  @Test
  void sizesAndLanguagesAreWhatTheyAre() {
    assertThat(recording(0, null).language()).isNull();
    assertThat(recording(1, "ur").language()).isEqualTo("ur");
    assertThatIllegalArgumentException().isThrownBy(() -> recording(-1, null));
    for (String language : new String[] {"", "u", "UR", "urdu", "ur-PK", "u\r"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> recording(1, language));
    }
  }
}
