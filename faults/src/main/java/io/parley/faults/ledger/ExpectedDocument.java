package io.parley.faults.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What must be true of one document, as far as its owner was told. */
public final class ExpectedDocument {
  private final String id;
  private final String bot;
  private final String topic;
  private final List<Content> kept = new ArrayList<>();
  private final List<Content> unsure = new ArrayList<>();
  private Erasing erasing = Erasing.NO;
  private boolean cancelling;

  /**
   * The content of one version.
   *
   * @param version 0 while nobody was told its number
   */
  public record Content(int version, String canary, String sha256) {}

  /** How far an erasure is, as its owner knows. */
  public enum Erasing {
    NO,
    /** Asked for, and no answer came. */
    UNSURE,
    ACKNOWLEDGED
  }

  ExpectedDocument(String id, String bot, String topic) {
    this.id = id;
    this.bot = bot;
    this.topic = topic;
  }

  public String id() {
    return id;
  }

  public String bot() {
    return bot;
  }

  public String topic() {
    return topic;
  }

  public Erasing erasing() {
    return erasing;
  }

  /** Whether its owner ever asked for the work on it to end. */
  public boolean cancelling() {
    return cancelling;
  }

  /** The newest version that was acknowledged. */
  public Optional<Content> newest() {
    return kept.stream().max(Comparator.comparingInt(Content::version));
  }

  /** Every version that was acknowledged. */
  public List<Content> kept() {
    return List.copyOf(kept);
  }

  /** Versions whose upload got no answer: each may be there or not. */
  public List<Content> unsure() {
    return List.copyOf(unsure);
  }

  /** The words of all versions that were ever sent. */
  public List<String> canaries() {
    return Stream.concat(kept.stream(), unsure.stream()).map(Content::canary).toList();
  }

  void keep(Content content) {
    unsure.removeIf(u -> u.sha256().equals(content.sha256()));
    if (kept.stream().noneMatch(content::equals)) {
      kept.add(content);
    }
  }

  void begin(Content content) {
    unsure.add(content);
  }

  void refuse(Content content) {
    unsure.remove(content);
  }

  void erasing(Erasing now) {
    if (now.compareTo(erasing) > 0) {
      erasing = now;
    }
  }

  void cancel() {
    cancelling = true;
  }
}
