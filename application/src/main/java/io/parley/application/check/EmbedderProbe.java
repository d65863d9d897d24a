package io.parley.application.check;

import static io.parley.application.check.CheckFailed.unless;

import io.parley.domain.port.ai.Embedder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tries an embedder with a question and two passages. */
public final class EmbedderProbe implements Probe {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final double TOLERANCE = 1e-2;
  private static final String QUESTION = "Who keeps the lighthouse?";
  private static final List<String> PASSAGES =
      List.of(
          "Flour, water and salt make a dough that rests for an hour.",
          "The keeper of the lighthouse lights its lamp. Who keeps the lighthouse lives in it.");

  private final Subject subject;
  private final Supplier<Embedder> opener;
  private @Nullable Embedder opened;

  public EmbedderProbe(Subject subject, Supplier<Embedder> opener) {
    this.subject = subject;
    this.opener = opener;
  }

  @Override
  public Subject subject() {
    return subject;
  }

  @Override
  public List<Check> checks() {
    return List.of(
        Check.needed("embed a question", LIMIT, this::question),
        Check.of("embed passages", LIMIT, this::passages));
  }

  private Embedder embedder() {
    if (opened == null) {
      opened = opener.get();
    }
    return Optional.ofNullable(opened).orElseThrow();
  }

  private Verdict question() {
    require(embedder().embedQuery(QUESTION));
    return Verdict.passed(embedder().model().dimension() + " dimensions");
  }

  private void require(float[] vector) {
    int dimension = embedder().model().dimension();
    unless(
        vector.length == dimension,
        "An embedding of "
            + dimension
            + " numbers was asked for, and one of "
            + vector.length
            + " came.");
    double square = product(vector, vector);
    unless(Double.isFinite(square), "An embedding holds what is no number.");
    unless(
        Math.abs(square - 1) < TOLERANCE,
        "An embedding has the length " + Math.sqrt(square) + ", not 1.");
  }

  private Verdict passages() {
    List<float[]> vectors = embedder().embedPassages(PASSAGES);
    unless(
        vectors.size() == PASSAGES.size(),
        "Of " + PASSAGES.size() + " texts, " + vectors.size() + " were embedded.");
    vectors.forEach(this::require);
    float[] question = embedder().embedQuery(QUESTION);
    unless(
        product(question, vectors.get(1)) > product(question, vectors.get(0)),
        "A question is nearer to a text about something else than to the one that answers it.");
    return Verdict.passed(vectors.size() + " together");
  }

  private static double product(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  @Override
  public List<String> cleanUp() {
    if (opened != null) {
      opened.close();
    }
    return List.of();
  }
}
