package io.parley.adapter.ai.extraction.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.domain.document.PageText.Block.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A child that does what its file orders instead of parsing it, under the same flags, pipes and
 * isolation as the real one.
 */
public final class ProbeWorker implements DocumentReader {

  public static void main(String[] arguments) throws IOException {
    ExtractionWorker.run(Path.of(arguments[0]), type -> new ProbeWorker());
  }

  /** The same child with its network left open. */
  public static final class Open {
    public static void main(String[] arguments) throws IOException {
      ExtractionWorker.serve(Path.of(arguments[0]), type -> new ProbeWorker());
    }
  }

  /** A trial of the isolation whose network is open. */
  public static final class OpenTrial {
    public static void main(String[] arguments) throws IOException {
      ExtractionWorker.serve(Path.of(arguments[0]), type -> new IsolationTrial());
    }
  }

  @Override
  public @Nullable String read(Path file, Pages pages) throws IOException {
    String[] order = Files.readString(file, UTF_8).strip().split(" ", -1);
    switch (order[0]) {
      case "say" -> say(pages, order[1]);
      case "print" -> {
        System.out.println("noise on standard output ".repeat(10_000));
        System.err.println("noise on standard error ".repeat(100_000));
        say(pages, "quiet");
      }
      case "environment" -> say(pages, "environment:" + System.getenv().keySet());
      case "hang" -> hang();
      case "hang-after-a-page" -> {
        say(pages, "first");
        hang();
      }
      case "exit" -> Runtime.getRuntime().halt(Integer.parseInt(order[1]));
      case "fill" -> fill();
      case "flood" -> flood(pages);
      case "recurse" -> say(pages, "" + recurse(0));
      case "connect" -> say(pages, "opened:" + IsolationTrial.reached(Integer.parseInt(order[1])));
      default -> throw new IOException("Unknown order");
    }
    return null;
  }

  private static void say(Pages pages, String text) {
    PageBuilder page = new PageBuilder();
    page.add(Kind.PARAGRAPH, text);
    pages.give(page, null);
  }

  private static void hang() {
    while (true) {
      Thread.onSpinWait();
    }
  }

  private static void fill() {
    List<byte[]> all = new ArrayList<>();
    while (all.size() < Integer.MAX_VALUE) {
      all.add(new byte[1_000_000]);
    }
  }

  private static void flood(Pages pages) {
    while (true) {
      say(pages, "more and more ".repeat(10_000));
    }
  }

  private static int recurse(int depth) {
    return depth < 0 ? 0 : 1 + recurse(depth + 1);
  }
}
