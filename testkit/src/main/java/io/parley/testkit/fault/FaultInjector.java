package io.parley.testkit.fault;

import io.parley.domain.port.PortFailure;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Breaks one call: the one at the point that it was armed with. Then it is spent. */
public final class FaultInjector implements CallObserver {
  /** The exit status of a process that was halted: that of {@code kill -9}. */
  public static final int HALTED = 137;

  private final Consumer<PortCall> halt;
  private final AtomicReference<@Nullable FaultPoint> armed = new AtomicReference<>();
  private volatile @Nullable PortCall broken;

  /** One that really halts the process. */
  public FaultInjector() {
    this(_ -> Runtime.getRuntime().halt(HALTED));
  }

  /**
   * One that ends the process in another way.
   *
   * @param halt given the call at which it ends
   */
  public FaultInjector(Consumer<PortCall> halt) {
    this.halt = halt;
  }

  /** Breaks the call at this point from now on; none when it is null. */
  public void arm(@Nullable FaultPoint point) {
    broken = null;
    armed.set(point);
  }

  /** The call that broke since it was armed. */
  public Optional<PortCall> broken() {
    return Optional.ofNullable(broken);
  }

  @Override
  public void before(PortCall call) {
    at(call, FaultPoint.Moment.BEFORE);
  }

  @Override
  public void after(PortCall call) {
    at(call, FaultPoint.Moment.AFTER);
  }

  private void at(PortCall call, FaultPoint.Moment moment) {
    FaultPoint point = armed.get();
    if (point == null || point.moment() != moment || !point.hits(call)) {
      return;
    }
    if (armed.compareAndSet(point, null)) {
      broken = call;
      happen(point.effect(), call);
    }
  }

  private void happen(FaultPoint.Effect effect, PortCall call) {
    switch (effect) {
      case HALT -> halt.accept(call);
      case UNAVAILABLE -> throw failure(PortFailure.Kind.UNAVAILABLE, call);
      case TIMEOUT -> throw failure(PortFailure.Kind.TIMEOUT, call);
    }
  }

  private static PortFailure failure(PortFailure.Kind kind, PortCall call) {
    return new PortFailure(kind, call.method(), "A test broke this call.", null);
  }
}
