package io.parley.adapter.ai.remote;

import com.fasterxml.jackson.core.JsonGenerator;
import io.parley.domain.port.ai.ChatRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a vendor is told of tools, and calls them. LangChain4j loses schemas, ids and signatures on
 * the way, so that this part of the protocol is our own.
 */
public interface ToolProtocol {

  /** The fields of a request that {@link #write} writes in the place of LangChain4j. */
  Set<String> fields();

  /**
   * Writes those fields.
   *
   * @param request has tools, or calls of tools in its prompt
   */
  void write(JsonGenerator json, ChatRequest request) throws IOException;

  /** Reads the calls of one answer. */
  Reader reader(CallDrafts drafts);

  /** An id for a call that came without one, by chance. */
  String newId();

  /** Reads the calls of one answer, event by event. */
  interface Reader {

    /**
     * Takes note of what an event says of calls.
     *
     * @param json the event's data as an object, which this may change; empty where it is none
     * @return what LangChain4j may see of the event
     */
    ServerEvent read(ServerEvent event, Map<String, @Nullable Object> json);
  }
}
