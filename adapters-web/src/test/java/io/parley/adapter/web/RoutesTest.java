package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.inject.ExecutableMethod;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.Router;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No route is open by accident, and none runs where it could hold others up. */
final class RoutesTest {
  private static final WebServer SERVER = new FakeParley().open();
  private static final Http HTTP = new Http(SERVER);
  private static final Set<String> CONSTANTS =
      Set.of(SecurityRule.IS_ANONYMOUS, SecurityRule.IS_AUTHENTICATED, SecurityRule.DENY_ALL);

  @AfterAll
  static void close() {
    HTTP.close();
    SERVER.close();
  }

  private static List<ExecutableMethod<?, ?>> routes(boolean planted) {
    return SERVER
        .context()
        .getBean(Router.class)
        .uriRoutes()
        .map(route -> ((MethodBasedRouteInfo<?, ?>) route).getTargetMethod().getExecutableMethod())
        .filter(m -> (m.getDeclaringType() == PlantedController.class) == planted)
        .<ExecutableMethod<?, ?>>map(m -> m)
        .toList();
  }

  private static List<String> open(List<ExecutableMethod<?, ?>> routes) {
    return routes.stream()
        .filter(m ->
            m.stringValues(Secured.class).length == 0
                || !CONSTANTS.containsAll(List.of(m.stringValues(Secured.class))))
        .map(ExecutableMethod::getMethodName)
        .toList();
  }

  private static List<String> onEventLoop(List<ExecutableMethod<?, ?>> routes) {
    return routes.stream()
        .filter(m -> !m.stringValue(ExecuteOn.class).orElse("").equals(TaskExecutors.BLOCKING))
        .map(ExecutableMethod::getMethodName)
        .toList();
  }

  @Test
  void everyRouteSaysWhoMayCallItInConstants() {
    assertThat(routes(false)).hasSizeGreaterThan(30);
    assertThat(open(routes(false))).isEmpty();
  }

  @Test
  void aRouteThatDoesNotSaySoIsFound() {
    assertThat(open(routes(true))).contains("unannotated", "expression").doesNotContain("language");
  }

  @Test
  void aRouteThatDoesNotSaySoIsClosedToAll() {
    String token = HTTP.signUp("routes");
    assertThat(HTTP.get("/test/unannotated", null).statusCode()).isEqualTo(401);
    assertThat(HTTP.get("/test/unannotated", token).statusCode()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1%2Fbots", "/api/v1/bots%20", "/%61pi/v1/bots", "//api/v1/bots", "/api/v1/./bots",
        "/api/v1/bots;x=1", "/api/v1/bots%2f", "/x/../api/v1/bots", "/api/v1/BOTS",
            "/api/v1/bots%00"
      })
  void noSpellingOfAPathGetsAroundTheRule(String path) {
    String answer = HTTP.raw("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("\"bots\":");
  }

  @Test
  void everyRouteIsParleysOwn() {
    assertThat(routes(false))
        .allMatch(m -> m.getDeclaringType().getName().startsWith("io.parley.adapter.web."));
  }

  @Test
  void everyRouteRunsOffTheEventLoop() {
    assertThat(onEventLoop(routes(false))).isEmpty();
  }

  @Test
  void aRouteOnTheEventLoopIsFound() {
    assertThat(onEventLoop(routes(true))).contains("onTheEventLoop");
    assertThat(HTTP.get("/test/on-the-event-loop", null).body()).contains("eventLoop");
  }
}
