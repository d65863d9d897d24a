package io.parley.domain.port.ai;

import java.util.Locale;
import java.util.Optional;

/** What a recording may be. */
public enum AudioType {
  WEBM("webm", "audio/webm"),
  OGG("ogg", "audio/ogg"),
  M4A("m4a", "audio/mp4"),
  MP3("mp3", "audio/mpeg"),
  WAV("wav", "audio/wav");

  private final String extension;
  private final String mediaType;

  AudioType(String extension, String mediaType) {
    this.extension = extension;
    this.mediaType = mediaType;
  }

  /** How names of such files end, without the dot. */
  public String extension() {
    return extension;
  }

  /** Its name in headers. */
  public String mediaType() {
    return mediaType;
  }

  /**
   * The type that a header names, also by another of its names; empty when it is none of these.
   *
   * @param header may say more behind a semicolon, as {@code audio/webm;codecs=opus} does
   */
  public static Optional<AudioType> ofMediaType(String header) {
    return switch (header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
      case "audio/webm", "video/webm" -> Optional.of(WEBM);
      case "audio/ogg", "video/ogg", "application/ogg", "audio/opus" -> Optional.of(OGG);
      case "audio/mp4", "video/mp4", "audio/x-m4a", "audio/m4a" -> Optional.of(M4A);
      case "audio/mpeg", "audio/mp3" -> Optional.of(MP3);
      case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> Optional.of(WAV);
      default -> Optional.empty();
    };
  }
}
