package io.parley.adapter.ai.gemini;

import io.parley.domain.port.Secret;
import java.net.URI;
import java.util.Map;

/**
 * Where the protocol is spoken.
 *
 * @param baseUrl what {@code /models/…} is appended to
 * @param apiKey sent as a header, never in an address
 */
public record GeminiAccess(URI baseUrl, Secret apiKey) {

  /** Google itself. */
  public static final URI GOOGLE = URI.create("https://generativelanguage.googleapis.com/v1beta");

  public GeminiAccess {
    String text = baseUrl.toString();
    if (baseUrl.getHost() == null || !text.matches("https?://.+")) {
      throw new IllegalArgumentException("The address of a model is an http or https URL.");
    }
    baseUrl = text.endsWith("/") ? URI.create(text.replaceAll("/+$", "")) : baseUrl;
  }

  /** Google itself, with a key. */
  public static GeminiAccess of(Secret apiKey) {
    return new GeminiAccess(GOOGLE, apiKey);
  }

  Map<String, String> headers() {
    return Map.of("x-goog-api-key", apiKey.reveal());
  }

  /**
   * A model's name without the {@code models/} that Google's pages put before it.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static String plainName(String model) {
    String plain = model.startsWith("models/") ? model.substring(7) : model;
    if (!plain.matches("[A-Za-z0-9._-]{1,100}")) {
      throw new IllegalArgumentException("This is no name of a Gemini model: " + model);
    }
    return plain;
  }
}
