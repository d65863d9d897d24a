package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText.Block.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Plain text: blocks between empty lines, pages between form feeds, lines kept as they are. */
final class TextReader implements DocumentReader {

  private static final Pattern ITEM = Pattern.compile("\\s*([-*+•‣–]|\\d{1,3}[.)])\\s+\\S.*");

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    Sections sections = new Sections(pages);
    StringBuilder block = new StringBuilder();
    try (BufferedReader lines = TextEncoding.open(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        add(line, block, sections);
      }
    }
    end(block, sections);
    sections.finish();
    return null;
  }

  private static void add(String line, StringBuilder block, Sections sections) {
    int feed = line.indexOf('\f');
    if (feed >= 0) {
      add(line.substring(0, feed), block, sections);
      end(block, sections);
      sections.next();
      add(line.substring(feed + 1), block, sections);
    } else if (line.isBlank() || block.length() > Sections.LONG) {
      end(block, sections);
      block.append(line);
    } else {
      block.append(block.isEmpty() ? "" : "\n").append(line);
    }
  }

  private static void end(StringBuilder block, Sections sections) {
    if (!block.isEmpty()) {
      String text = block.toString();
      sections.block(isList(text.strip().lines().toList()) ? Kind.LIST : Kind.PARAGRAPH, text);
    }
    block.setLength(0);
  }

  private static boolean isList(List<String> lines) {
    return lines.size() > 1 && lines.stream().allMatch(line -> ITEM.matcher(line).matches());
  }
}
