package io.parley.adapter.ai.openai;

import io.parley.domain.port.Secret;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the protocol is spoken.
 *
 * @param baseUrl what {@code /chat/completions} is appended to
 * @param apiKey sent as a bearer; absent for servers that ask for none
 */
public record OpenAiAccess(URI baseUrl, @Nullable Secret apiKey) {

  /** OpenAI itself. */
  public static final URI OPENAI = URI.create("https://api.openai.com/v1");

  public OpenAiAccess {
    String text = baseUrl.toString();
    if (baseUrl.getHost() == null || !text.matches("https?://.+")) {
      throw new IllegalArgumentException("The address of a model is an http or https URL.");
    }
    baseUrl = text.endsWith("/") ? URI.create(text.replaceAll("/+$", "")) : baseUrl;
  }

  /** OpenAI itself, with a key. */
  public static OpenAiAccess of(Secret apiKey) {
    return new OpenAiAccess(OPENAI, apiKey);
  }

  Map<String, String> headers() {
    return apiKey == null ? Map.of() : Map.of("Authorization", "Bearer " + apiKey.reveal());
  }
}
