package io.parley.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.parley.faults.check.Findings;
import io.parley.faults.check.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a run did and found, kept in a file. Several threads may write. */
public final class RunReport {
  private static final int DETAILS = 200;
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final String name;
  private final Instant begun = Instant.now();
  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<String, Double> seconds = new TreeMap<>();
  private final Map<String, Long> last = new TreeMap<>();
  private final List<Map<String, String>> details = new ArrayList<>();
  private final Set<Violation> known = new HashSet<>();
  private long violations;
  private long checks;

  public RunReport(String name) {
    this.name = name;
    fact("machine", Runtime.getRuntime().availableProcessors() + " processors");
    fact("java", System.getProperty("java.vm.version"));
    fact("commit", System.getProperty("faults.commit", "unknown"));
  }

  /** Something about the run as a whole. */
  public synchronized void fact(String key, Object value) {
    facts.put(key, value);
  }

  /** The largest of the values that are given. */
  public synchronized void most(String key, long value) {
    last.merge(key, value, Math::max);
  }

  /** Something happened once more. */
  public void count(String what) {
    count(what, 1);
  }

  public synchronized void count(String what, long more) {
    counts.merge(what, more, Long::sum);
  }

  /**
   * What a check found.
   *
   * @param after what was done before it, as exactly as is known
   */
  public synchronized void checked(Findings findings, String after) {
    checks++;
    findings.counts().forEach((what, many) -> last.merge(what, many, Math::max));
    findings.violations().forEach(violation -> violation(violation, after));
  }

  /** One that is still there at the next check counts once. */
  public synchronized void violation(Violation violation, String after) {
    if (!known.add(violation)) {
      return;
    }
    violations++;
    System.err.println("VIOLATION " + violation + " (after " + after + ")");
    if (details.size() < DETAILS) {
      details.add(Map.of("rule", violation.rule(), "detail", violation.detail(), "after", after));
    }
  }

  /** Where the time goes, summed over what ran side by side. */
  public synchronized void spent(String on, long nanos) {
    seconds.merge(on, nanos / 1e9, Double::sum);
  }

  public synchronized long counted(String what) {
    return counts.getOrDefault(what, 0L);
  }

  /** Which rules were broken. */
  public synchronized Set<String> found() {
    return known.stream().map(Violation::rule).collect(Collectors.toSet());
  }

  /** Who broke the rules, or how. */
  public synchronized Set<String> details() {
    return known.stream().map(Violation::detail).collect(Collectors.toSet());
  }

  public synchronized long violations() {
    return violations;
  }

  public synchronized long checks() {
    return checks;
  }

  /** Writes it, also in the middle of a run. */
  public synchronized void write(Path directory) throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("run", name);
    report.put("begun", begun.toString());
    report.put("seconds", Duration.between(begun, Instant.now()).toSeconds());
    report.putAll(facts);
    report.put("violations", violations);
    report.put("checks", checks);
    report.put("counts", counts);
    report.put("seconds spent", seconds);
    report.put("at most", last);
    report.put("details", details);
    Files.createDirectories(directory);
    Path unfinished = directory.resolve(name + ".json.part");
    JSON.writeValue(unfinished.toFile(), report);
    Files.move(unfinished, directory.resolve(name + ".json"), StandardCopyOption.REPLACE_EXISTING);
  }
}
