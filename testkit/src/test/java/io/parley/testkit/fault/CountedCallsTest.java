package io.parley.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.persistence.Persistence;
import io.parley.testkit.ai.HashingEmbedder;
import io.parley.testkit.memory.InMemoryPersistence;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountedCallsTest {
  private final List<PortCall> halted = new ArrayList<>();
  private final FaultInjector injector = new FaultInjector(halted::add);
  private final CountedCalls calls = new CountedCalls(injector);
  private final Persistence real = new InMemoryPersistence();
  private final Persistence counted = calls.of(Persistence.class, real);

  @Test
  void everyCallHasANumberAndHandingOutAPortHasNone() {
    counted.jobs().depth();
    counted.indexFeed().head();
    counted.jobs().depth();

    assertThat(calls.counts()).containsOnlyKeys("IndexFeed.head", "JobQueue.depth");
    assertThat(calls.counts()).containsEntry("JobQueue.depth", 2L);
  }

  @Test
  void theCallAtThePointBreaksBeforeTheAdapterIsAskedAndTheNextOneDoesNot() {
    injector.arm(FaultPoint.parse("InstanceSecrets.getOrCreate#1:before:unavailable"));

    assertThatThrownBy(this::makeSecret)
        .isInstanceOf(PortFailure.class)
        .hasFieldOrPropertyWithValue("kind", PortFailure.Kind.UNAVAILABLE);

    assertThat(injector.broken()).contains(new PortCall(1, "InstanceSecrets.getOrCreate", 1));
    assertThat(makeSecret()).isEqualTo("made");
  }

  private String makeSecret() {
    return counted
        .secrets()
        .getOrCreate("key", () -> new io.parley.domain.port.Secret("made"))
        .reveal();
  }

  @Test
  void aCallThatBreaksAfterwardsHasDoneItsWork() {
    injector.arm(FaultPoint.parse("InstanceSecrets.getOrCreate#1:after:timeout"));

    assertThatThrownBy(this::makeSecret)
        .hasFieldOrPropertyWithValue("kind", PortFailure.Kind.TIMEOUT);

    assertThat(
            real.secrets()
                .getOrCreate("key", () -> new io.parley.domain.port.Secret("another"))
                .reveal())
        .isEqualTo("made");
  }

  @Test
  void thePointMayCountTheCallsOfAllPorts() {
    injector.arm(FaultPoint.parse("*#2:before:halt"));

    counted.jobs().depth();
    assertThat(halted).isEmpty();
    counted.indexFeed().head();

    assertThat(halted).containsExactly(new PortCall(2, "IndexFeed.head", 1));
  }

  @Test
  void whatAPortThrowsComesThroughAsItWas() {
    Embedder embedder = calls.of(Embedder.class, new HashingEmbedder(8));

    assertThatThrownBy(() -> embedder.embedQuery(" "))
        .isExactlyInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void callsOfAnUncountedThreadAndOfThoseThatItBeginsCannotBreak() throws Exception {
    injector.arm(FaultPoint.parse("*#1:before:halt"));
    Thread[] begun = new Thread[1];

    calls.uncounted(() -> begun[0] = Thread.ofVirtual().start(() -> counted.jobs().depth()));
    begun[0].join();

    assertThat(halted).isEmpty();
    assertThat(calls.counts()).isEmpty();
  }

  @Test
  void aPointIsReadAsItIsWritten() {
    for (FaultPoint.Effect effect : FaultPoint.Effect.values()) {
      FaultPoint point = new FaultPoint("BlobStore.put", 7, FaultPoint.Moment.AFTER, effect);
      assertThat(FaultPoint.parse(point.toString())).isEqualTo(point);
    }
    assertThatThrownBy(() -> FaultPoint.parse("BlobStore.put"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
