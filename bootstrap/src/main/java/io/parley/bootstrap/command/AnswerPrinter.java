package io.parley.bootstrap.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.parley.application.conversation.Exchange;
import io.parley.domain.conversation.Citation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** Prints an answer with its citations. */
final class AnswerPrinter {
  private final PrintWriter out;

  AnswerPrinter(PrintWriter out) {
    this.out = out;
  }

  void text(Exchange exchange) {
    out.println(exchange.answer().message().content());
    if (!exchange.answer().citations().isEmpty()) {
      out.println();
    }
    for (Citation citation : exchange.answer().citations()) {
      out.printf(
          "[%d] %s, page %d: \"%s\"%n",
          citation.ref().index(),
          citation.source().documentName(),
          citation.source().chunk().page(),
          citation.quote().replaceAll("\\s+", " "));
    }
    out.flush();
  }

  void json(Exchange exchange, Map<Path, String> failures) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("question", exchange.question().message().content());
      json.writeStringField("answer", exchange.answer().message().content());
      json.writeArrayFieldStart("citations");
      for (Citation citation : exchange.answer().citations()) {
        write(json, citation);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("failures");
      for (Map.Entry<Path, String> failure : failures.entrySet()) {
        json.writeStringField(failure.getKey().toString(), failure.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    out.println(text);
    out.flush();
  }

  private static void write(JsonGenerator json, Citation citation) throws IOException {
    json.writeStartObject();
    json.writeNumberField("index", citation.ref().index());
    json.writeStringField("document_name", citation.source().documentName().value());
    json.writeNumberField("page", citation.source().chunk().page());
    json.writeStringField("quote", citation.quote());
    json.writeNumberField("score", citation.ref().score());
    json.writeEndObject();
  }
}
