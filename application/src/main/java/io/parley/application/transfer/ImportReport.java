package io.parley.application.transfer;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an import has brought in. What was there already stays as it is, and is counted apart.
 *
 * @param documentsErased those that were erased here, and do not come back
 * @param documentsLeftOut those whose files the archive does not have
 * @param indexing documents that were queued: they can be searched once the work on them is done
 */
public record ImportReport(
    long accounts,
    long accountsThere,
    long bots,
    long botsThere,
    long documents,
    long documentsThere,
    long documentsErased,
    long documentsLeftOut,
    long conversations,
    long conversationsThere,
    long indexing) {

  /** As plain values. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("accounts", accounts);
    map.put("accounts_there", accountsThere);
    map.put("bots", bots);
    map.put("bots_there", botsThere);
    map.put("documents", documents);
    map.put("documents_there", documentsThere);
    map.put("documents_erased", documentsErased);
    map.put("documents_left_out", documentsLeftOut);
    map.put("conversations", conversations);
    map.put("conversations_there", conversationsThere);
    map.put("indexing", indexing);
    return map;
  }
}
