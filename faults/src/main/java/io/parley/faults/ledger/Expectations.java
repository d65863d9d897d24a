package io.parley.faults.ledger;

import io.parley.faults.ledger.ExpectedDocument.Content;
import io.parley.faults.ledger.ExpectedDocument.Erasing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the ledger says must be true, read on as it grows. */
public final class Expectations {
  private final Map<String, ExpectedDocument> documents = new LinkedHashMap<>();
  private final Map<String, Begun> begun = new HashMap<>();
  private final Map<String, Erasing> bots = new LinkedHashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private int linesRead;

  /** A request that was sent, and whose answer is not known yet. */
  private record Begun(String what, String about, Content content, String topic) {}

  /** What a file says so far. */
  public static Expectations of(Path ledger) {
    Expectations expectations = new Expectations();
    expectations.readOn(ledger);
    return expectations;
  }

  /** Takes the lines that came since. A last line without its end was never promised to anybody. */
  public void readOn(Path ledger) {
    try {
      String text = Files.exists(ledger) ? Files.readString(ledger) : "";
      List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
      lines.subList(linesRead, lines.size()).forEach(this::take);
      linesRead = lines.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void take(String line) {
    List<String> words = List.of(line.split("\t", -1));
    switch (words.getFirst()) {
      case "begin" -> begin(words.subList(1, words.size()));
      case "kept" -> keep(words.get(1), words.get(2), Integer.parseInt(words.get(3)));
      case "erased" -> erase(begun.remove(words.get(1)), Erasing.ACKNOWLEDGED);
      case "refused" -> refuse(begun.remove(words.get(1)));
      case "cancelling" -> find(words.get(1)).ifPresent(ExpectedDocument::cancel);
      case "violation" -> violations.add(words.get(1));
      case "count" -> counts.merge(words.get(1), 1L, Long::sum);
      default -> throw new IllegalArgumentException("No line of a ledger: " + line);
    }
  }

  private void begin(List<String> words) {
    String about = words.get(2);
    boolean text = words.size() > 3;
    Content content = text ? new Content(0, words.get(3), words.get(4)) : new Content(0, "", "");
    Begun deed = new Begun(words.get(0), about, content, text ? words.get(5) : "");
    begun.put(words.get(1), deed);
    switch (deed.what()) {
      case "replace" -> find(about).ifPresent(d -> d.begin(content));
      case "upload" -> bots.putIfAbsent(about, Erasing.NO);
      default -> erase(deed, Erasing.UNSURE);
    }
  }

  private void keep(String deed, String document, int version) {
    Begun upload = begun.remove(deed);
    if (upload == null) {
      throw new IllegalArgumentException("Nobody began " + deed);
    }
    String bot = upload.what().equals("upload") ? upload.about() : "";
    Content content = upload.content();
    documents
        .computeIfAbsent(document, id -> new ExpectedDocument(id, bot, upload.topic()))
        .keep(new Content(version, content.canary(), content.sha256()));
  }

  private void refuse(@Nullable Begun deed) {
    if (deed != null && deed.what().equals("replace")) {
      find(deed.about()).ifPresent(d -> d.refuse(deed.content()));
    }
  }

  private void erase(@Nullable Begun deed, Erasing how) {
    if (deed == null) {
      return;
    }
    if (deed.what().equals("erase")) {
      find(deed.about()).ifPresent(d -> d.erasing(how));
    } else {
      bots.merge(deed.about(), how, (a, b) -> a.compareTo(b) > 0 ? a : b);
      documents.values().stream()
          .filter(d -> d.bot().equals(deed.about()))
          .forEach(d -> d.erasing(how));
    }
  }

  public Optional<ExpectedDocument> find(String document) {
    return Optional.ofNullable(documents.get(document));
  }

  public Collection<ExpectedDocument> documents() {
    return documents.values();
  }

  /** Bots that documents were uploaded to, and how far their erasure is. */
  public Map<String, Erasing> bots() {
    return bots;
  }

  /** Words that must not be found anywhere any more. */
  public Set<String> erasedCanaries() {
    Set<String> erased = new HashSet<>();
    documents.values().stream()
        .filter(d -> d.erasing() == Erasing.ACKNOWLEDGED)
        .forEach(d -> erased.addAll(d.canaries()));
    return erased;
  }

  /** What clients saw that must not be, since this was last asked. */
  public List<String> newViolations() {
    List<String> fresh = List.copyOf(violations);
    violations.clear();
    return fresh;
  }

  /** How often something worth counting happened. */
  public Map<String, Long> counts() {
    return counts;
  }
}
