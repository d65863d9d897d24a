package io.parley.adapter.ai.remote;

import io.parley.domain.port.ai.ChatCompletion.Finish;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells how a vendor's stream of events ends, well or badly. */
@FunctionalInterface
public interface StreamRules {

  /**
   * Why the answer ends with this event; empty when it goes on.
   *
   * @param json the event's data as an object; empty where it is none
   * @throws io.parley.domain.port.PortFailure when the event says that something is wrong
   */
  Optional<Finish> finish(ServerEvent event, Map<String, @Nullable Object> json);
}
