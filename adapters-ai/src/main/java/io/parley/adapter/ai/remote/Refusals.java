package io.parley.adapter.ai.remote;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the statuses of HTTP mean that all vendors use alike. */
public final class Refusals {
  private Refusals() {}

  /**
   * What an answer without success means.
   *
   * @param keySetting the setting that holds the key
   * @param modelSetting the settings that name models
   */
  public static PortFailure of(
      Vendor vendor,
      int status,
      @Nullable Duration retryAfter,
      String keySetting,
      String modelSetting) {
    String name = vendor.name();
    return switch (status) {
      case 401, 403 -> rejected(vendor, keySetting);
      case 404 ->
          failure(
              vendor,
              Kind.INVALID_CONFIGURATION,
              name
                  + " does not know the model or the address. Check "
                  + modelSetting
                  + " and "
                  + vendor.addressSetting()
                  + ".");
      case 408, 504 ->
          failure(vendor, Kind.TIMEOUT, name + " did not answer in time. Try again later.");
      case 429 ->
          new PortFailure(
              Kind.RATE_LIMITED,
              name,
              name + " asks to slow down. Try again later, or raise the limits of the account.",
              null,
              retryAfter);
      default -> other(vendor, status, retryAfter);
    };
  }

  /** The key is not good. */
  public static PortFailure rejected(Vendor vendor, String keySetting) {
    return failure(
        vendor,
        Kind.CREDENTIALS_REJECTED,
        vendor.name() + " does not accept the key. Check " + keySetting + ".");
  }

  private static PortFailure other(Vendor vendor, int status, @Nullable Duration retryAfter) {
    String name = vendor.name();
    if (status >= 500) {
      return new PortFailure(
          Kind.UNAVAILABLE,
          name,
          name + " is not available (status " + status + "). Try again later.",
          null,
          retryAfter);
    }
    String what =
        status >= 300 && status < 400
            ? " sends callers elsewhere (status " + status + "), which is not followed. Check "
            : " refused the request (status " + status + "). Check the model's name and ";
    return failure(vendor, Kind.INVALID_CONFIGURATION, name + what + vendor.addressSetting() + ".");
  }

  /** A failure without more to say than its sentence. */
  public static PortFailure failure(Vendor vendor, Kind kind, String sentence) {
    return new PortFailure(kind, vendor.name(), sentence, null);
  }
}
