package io.parley.application.transfer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is in an archive that was written.
 *
 * @param leftOut documents whose original file was not there any more, or not as it was uploaded
 * @param bytes of the archive
 */
public record ExportReport(
    long accounts, long bots, long documents, long leftOut, long conversations, long bytes) {

  /** As plain values. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("accounts", accounts);
    map.put("bots", bots);
    map.put("documents", documents);
    map.put("left_out", leftOut);
    map.put("conversations", conversations);
    map.put("bytes", bytes);
    return map;
  }
}
