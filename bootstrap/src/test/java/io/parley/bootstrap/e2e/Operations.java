package io.parley.bootstrap.e2e;

import io.parley.adapter.web.openapi.OperationAccessTable;
import io.parley.adapter.web.openapi.OperationAccessTable.Who;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The operations that a running server describes, each with a body that it would accept. */
final class Operations {
  private static final OperationAccessTable TABLE = OperationAccessTable.read();
  private static final String PLANTED = "Planted by a stranger.";
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("createBot", "{\"name\":\"Own\"}"),
          Map.entry("changeBot", "{\"name\":\"Stolen\",\"is_public\":true}"),
          Map.entry("addText", "{\"name\":\"a.txt\",\"content\":\"" + PLANTED + "\"}"),
          Map.entry("replaceContent", "{\"content\":\"" + PLANTED + "\"}"),
          Map.entry("search", "{\"query\":\"harbour master\"}"),
          Map.entry("startConversation", "{\"title\":\"Mine\"}"),
          Map.entry("changeConversation", "{\"title\":\"Stolen\"}"),
          Map.entry("ask", "{\"content\":\"Who is the harbour master?\"}"),
          Map.entry("rateMessage", "{\"rating\":-1}"));

  /** One operation. */
  record Operation(String id, String method, String template) {

    /** Whoever may call it, by the table; fails when the table does not know. */
    Who who() {
      return TABLE
          .who(id)
          .orElseThrow(() ->
              new AssertionError("The access table has no row for " + id + " (" + template + ")"));
    }

    Answer call(Api api, Possessions things) {
      String path = things.path(template);
      if (id.equals("uploadDocuments")) {
        return api.upload(path, null, Api.Upload.text("planted.txt", PLANTED));
      }
      String body = BODIES.getOrDefault(id, method.equals("GET") ? "" : "{}");
      return api.send(
          api.request(path)
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body)));
    }
  }

  private Operations() {}

  /** Every operation of a description. */
  static List<Operation> of(Json description) {
    List<Operation> operations = new ArrayList<>();
    Json paths = description.at("paths");
    for (String path : paths.names()) {
      Json methods = paths.at(path);
      for (String method : methods.names()) {
        operations.add(
            new Operation(
                methods.at(method).text("operationId"), method.toUpperCase(Locale.ROOT), path));
      }
    }
    return operations;
  }
}
