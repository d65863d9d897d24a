package io.parley.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Text without end in one direction: lines, depth, headers, parts. */
final class HostileTexts {

  private static final String MESSAGE =
      "From: a@example.com\nTo: b@example.com\nMIME-Version: 1.0\n";

  private HostileTexts() {}

  static List<HostileFile> all() {
    return List.of(
        file("deep.json", "lists in lists, 1,000,000 deep", out -> repeat(out, "[", 1_000_000)),
        file(
            "string.json",
            "a text of 9 MB",
            out -> {
              write(out, "{\"a\":\"");
              repeat(out, "word ", 1_800_000);
              write(out, "\"}");
            }),
        file(
            "number.json",
            "a number of 9,000,000 digits",
            out -> {
              write(out, "{\"a\":");
              repeat(out, "9", 9_000_000);
              write(out, "}");
            }),
        file("line.csv", "one line of 100 MB", out -> repeat(out, "cell,", 20_000_000)),
        file(
            "quote.csv",
            "a quotation mark that is never closed",
            out -> {
              write(out, "a,b\n1,\"");
              repeat(out, "word,\n", 1_500_000);
            }),
        file(
            "columns.csv",
            "rows of 100,000 columns",
            out -> {
              for (int i = 0; i < 40; i++) {
                repeat(out, "1,", 100_000);
                write(out, "1\n");
              }
            }),
        file("line.txt", "one word of 400 kB", out -> repeat(out, "x", 400_000)),
        file(
            "deep.html",
            "elements in elements, 500,000 deep",
            out -> {
              write(out, "<html><body>");
              repeat(out, "<div>", 500_000);
            }),
        file(
            "quotes.md",
            "quotations in quotations, 100,000 deep",
            out -> {
              repeat(out, "> ", 100_000);
              write(out, "deep\n");
            }),
        file(
            "brackets.md",
            "200,000 open brackets",
            out -> {
              write(out, "# Title\n\n");
              repeat(out, "[", 200_000);
            }),
        file(
            "deep.rtf",
            "braces in braces, 1,000,000 deep",
            out -> {
              write(out, "{\\rtf1 ");
              repeat(out, "{", 1_000_000);
            }),
        file(
            "binary.rtf",
            "says that 2 GB of binary follow",
            out -> write(out, "{\\rtf1 words \\bin2000000000 and then nothing")),
        file("nested.eml", "parts in parts, 10,000 deep", HostileTexts::nestedParts),
        file("parts.eml", "100,000 parts", HostileTexts::manyParts),
        file(
            "headers.eml",
            "500,000 headers",
            out -> {
              write(out, MESSAGE);
              repeat(out, "X-A: b\n", 500_000);
              write(out, "\nwords\n");
            }),
        file(
            "line.eml",
            "a header of 9 MB",
            out -> {
              write(out, MESSAGE + "Subject: ");
              repeat(out, "word ", 1_800_000);
              write(out, "\n\nwords\n");
            }));
  }

  private static HostileFile file(String name, String what, HostileFile.Content content) {
    return new HostileFile(name, what, content);
  }

  private static void nestedParts(OutputStream out) throws IOException {
    write(out, MESSAGE);
    for (int i = 0; i < 10_000; i++) {
      write(out, "Content-Type: multipart/mixed; boundary=\"b" + i + "\"\n\n--b" + i + "\n");
    }
    write(out, "Content-Type: text/plain\n\ndeep\n");
  }

  private static void manyParts(OutputStream out) throws IOException {
    write(out, MESSAGE + "Content-Type: multipart/mixed; boundary=b\n\n");
    for (int i = 0; i < 100_000; i++) {
      write(out, "--b\nContent-Type: text/plain\n\nword\n");
    }
    write(out, "--b--\n");
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(UTF_8));
  }

  private static void repeat(OutputStream out, String text, int times) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    for (int i = 0; i < times; i++) {
      out.write(bytes);
    }
  }
}
