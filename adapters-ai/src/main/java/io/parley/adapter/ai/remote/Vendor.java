package io.parley.adapter.ai.remote;

import io.parley.domain.port.PortFailure;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what a vendor's refusals mean. The only place that does. */
public interface Vendor {

  /** What people call it. */
  String name();

  /** The setting that says where it is; named to people when that looks wrong. */
  String addressSetting();

  /**
   * What an answer without success means.
   *
   * @param status of HTTP
   * @param retryAfter how long it asks to wait, where it says so
   * @param body the answer's JSON, empty where it is none; what it says in words is for nobody,
   *     since it may quote keys and texts
   */
  PortFailure refusal(
      int status, @Nullable Duration retryAfter, Map<String, @Nullable Object> body);
}
