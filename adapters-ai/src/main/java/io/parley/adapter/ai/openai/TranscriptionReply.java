package io.parley.adapter.ai.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.parley.adapter.ai.remote.JsonText;
import io.parley.adapter.ai.remote.Refusals;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.ai.Transcription.Transcribed;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what a transcription model answers. Segments, which may be many, are skipped. */
final class TranscriptionReply {
  private static final double LONGEST_SECONDS = 1e7;

  /** Whisper names languages in English words. */
  private static final Map<String, String> TAGS =
      Arrays.stream(Locale.getISOLanguages())
          .collect(
              Collectors.toUnmodifiableMap(
                  tag -> Locale.of(tag).getDisplayLanguage(Locale.ENGLISH).toLowerCase(Locale.ROOT),
                  tag -> tag,
                  (first, _) -> first));

  private final OpenAiVendor vendor;
  private @Nullable String text;
  private @Nullable String language;
  private @Nullable Duration duration;

  TranscriptionReply(OpenAiVendor vendor) {
    this.vendor = vendor;
  }

  Transcribed read(byte[] body) {
    try (JsonParser json = JsonText.FACTORY.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        field(json);
      }
    } catch (IOException e) {
      text = null; // a body that breaks off may have had a text
    }
    if (text == null) {
      throw Refusals.failure(
          vendor,
          Kind.CORRUPT_DATA,
          vendor.name() + " answered with something that is no transcription.");
    }
    return new Transcribed(text.strip(), language, duration);
  }

  private void field(JsonParser json) throws IOException {
    String name = json.currentName();
    JsonToken value = json.nextToken();
    if (name.equals("text") && value == JsonToken.VALUE_STRING) {
      text = json.getText();
    } else if (name.equals("language") && value == JsonToken.VALUE_STRING) {
      language = tag(json.getText().strip().toLowerCase(Locale.ROOT)).orElse(null);
    } else if (name.equals("duration") && value.isNumeric()) {
      duration = duration(json.getDoubleValue());
    } else {
      json.skipChildren();
    }
  }

  private static Optional<String> tag(String said) {
    return said.matches("[a-z]{2,3}") ? Optional.of(said) : Optional.ofNullable(TAGS.get(said));
  }

  private static @Nullable Duration duration(double seconds) {
    return seconds >= 0 && seconds < LONGEST_SECONDS
        ? Duration.ofMillis(Math.round(seconds * 1000))
        : null;
  }
}
