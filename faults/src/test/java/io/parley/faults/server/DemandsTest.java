package io.parley.faults.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.faults.RunReport;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is demanded of a server that lacks something is seen to be refused. */
class DemandsTest {
  private static final String PROBLEM = "application/problem+json";
  private static final Duration SOON = Duration.ofMillis(5);
  private static final HttpRequest READING =
      HttpRequest.newBuilder(URI.create("http://127.0.0.1/api/v1/bots")).build();

  private final RunReport report = new RunReport("planted");
  private final Demands demands = new Demands(report, Duration.ofSeconds(2));

  private static Answer answer(int status, String type, boolean retryAfter) {
    ObjectNode body = new ObjectMapper().createObjectNode().put("detail", "It is away.");
    return new Answer(status, type, body, retryAfter);
  }

  @Test
  void goodAnswersAndRefusalsThatSayWhenToComeBackAreFine() {
    demands.saw(READING, answer(200, "application/json", false), SOON);
    demands.saw(READING, answer(503, PROBLEM, true), SOON);
    demands.saw(READING, answer(507, PROBLEM, true), SOON);

    assertThat(report.violations()).isZero();
    assertThat(report.counted("answers 503 that say when to come back")).isEqualTo(1);
  }

  @Test
  void anythingElseIsNoticed() {
    demands.saw(READING, answer(500, PROBLEM, true), SOON);
    demands.saw(READING, answer(404, PROBLEM, false), SOON);
    demands.saw(READING, answer(503, PROBLEM, false), SOON);
    demands.saw(READING, answer(503, "text/html", true), SOON);

    assertThat(report.violations()).isEqualTo(4);
    assertThat(report.found())
        .containsExactly("an answer is neither good nor says when to come back");
  }

  @Test
  void aLateAnswerIsNoticed() {
    demands.saw(READING, answer(503, PROBLEM, true), Duration.ofSeconds(3));

    assertThat(report.found()).containsExactly("a refusal came late");
  }

  @Test
  void aServerThatIsNotBackInTimeIsNoticed() {
    demands.back("killed", Duration.ofSeconds(2), Duration.ofSeconds(2));
    assertThat(report.violations()).isZero();

    demands.back("killed", Duration.ofSeconds(3), Duration.ofSeconds(2));
    assertThat(report.found()).containsExactly("not back in time");
  }

  @Test
  void aRequestWithoutAnAnswerIsNoticed() {
    demands.answered(Map.of("answered", 7L), "here");
    assertThat(report.violations()).isZero();

    demands.answered(Map.of(Demands.CUT_OFF, 1L), "here");
    assertThat(report.found()).containsExactly("a request got no answer");
  }

  @Test
  void aRefusalOfWhatNeedsNothingThatIsAwayIsNoticed() {
    new Demands(report, Duration.ofSeconds(2), request -> request.method().equals("POST"))
        .saw(READING, answer(507, PROBLEM, true), SOON);

    assertThat(report.violations()).isEqualTo(1);
  }
}
