package io.parley.testkit.fault;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Puts itself between ports and their callers and numbers every call. A port that another one hands
 * out, as {@code Persistence.jobs()} does, is counted too; handing it out is not. Safe for use by
 * many threads.
 *
 * <pre>{@code
 * CountedCalls calls = new CountedCalls(new FaultInjector(point));
 * Parley.builder().persistence(calls.of(Persistence.class, real)) …
 * }</pre>
 */
public final class CountedCalls {
  private static final String PORTS = "io.parley.domain.port.";

  /** These tell what an adapter is, or end it; no work is done by them. */
  private static final Set<String> NO_WORK =
      Set.of("model", "name", "generative", "shared", "close");

  private final CallObserver observer;
  private final AtomicLong total = new AtomicLong();
  private final Map<String, AtomicLong> methods = new ConcurrentHashMap<>();

  /** Threads begun by one that is not counted are not counted either. */
  private final InheritableThreadLocal<Boolean> uncounted = new InheritableThreadLocal<>();

  public CountedCalls(CallObserver observer) {
    this.observer = observer;
  }

  /** The port, counted. */
  public <P> P of(Class<P> port, P real) {
    InvocationHandler handler = (_, method, arguments) -> called(port, real, method, arguments);
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, handler));
  }

  /** Calls from within do not count and cannot be broken. */
  public void uncounted(Runnable work) {
    Boolean before = uncounted.get();
    uncounted.set(true);
    try {
      work.run();
    } finally {
      uncounted.set(before);
    }
  }

  /** Counts from 1 again. */
  public void startOver() {
    total.set(0);
    methods.clear();
  }

  /** How many calls of each method there were. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    methods.forEach((method, count) -> counts.put(method, count.get()));
    return counts;
  }

  private @Nullable Object called(
      Class<?> port, Object real, Method method, @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class || NO_WORK.contains(method.getName())) {
      return invoke(real, method, arguments);
    }
    if (handsOutPort(method)) {
      return handedOut(method.getReturnType(), invoke(real, method, arguments));
    }
    if (Boolean.TRUE.equals(uncounted.get())) {
      return invoke(real, method, arguments);
    }
    PortCall call = next(port.getSimpleName() + "." + method.getName());
    observer.before(call);
    Object result = invoke(real, method, arguments);
    observer.after(call);
    return result;
  }

  private PortCall next(String method) {
    AtomicLong count = methods.computeIfAbsent(method, _ -> new AtomicLong());
    return new PortCall(total.incrementAndGet(), method, count.incrementAndGet());
  }

  private static boolean handsOutPort(Method method) {
    Class<?> type = method.getReturnType();
    return method.getParameterCount() == 0
        && type.isInterface()
        && !type.isSealed()
        && type.getName().startsWith(PORTS);
  }

  private <P> P handedOut(Class<P> port, @Nullable Object real) {
    return of(port, Objects.requireNonNull(port.cast(real)));
  }

  private static @Nullable Object invoke(
      Object real, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
