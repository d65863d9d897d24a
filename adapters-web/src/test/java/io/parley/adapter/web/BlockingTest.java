package io.parley.adapter.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A backend that hangs holds up nobody but those who wait for it. */
final class BlockingTest {
  @Test
  void otherRequestsGoOnWhileTwoHundredHang() throws Exception {
    FakeParley parley = new FakeParley();
    WebLimits limits = WebLimits.DEFAULT.withConcurrentUploads(1_000);
    try (WebServer server = parley.open(FakeParley.config().withLimits(limits));
        Http http = new Http(server);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      String token = http.signUp("blocking");
      String bot = http.bot(token);
      parley.blobs.hold = new CountDownLatch(1);
      List<Future<Integer>> stalled = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String body = "{\"name\":\"n.txt\",\"content\":\"text " + i + "\"}";
        stalled.add(
            callers.submit(() ->
                http.post("/api/v1/bots/" + bot + "/documents/text", token, body).statusCode()));
      }
      while (parley.blobs.puts.get() < 200) {
        Thread.sleep(10);
      }

      assertThat(http.get("/api/v1/bots", token).statusCode()).isEqualTo(200);
      assertThat(http.get("/health", null).statusCode()).isEqualTo(200);
      assertThat(stalled).noneMatch(Future::isDone);

      parley.blobs.hold.countDown();
      for (Future<Integer> one : stalled) {
        assertThat(one.get()).isEqualTo(202);
      }
    }
  }
}
