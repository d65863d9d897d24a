package io.parley.testkit.vectorstore.wire;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Breaks the calls that a test has chosen, and counts all of them. */
public final class WireFaults implements ServerInterceptor {
  private static final Context.Key<WireFault> CURRENT = Context.key("fault");
  private static final Metadata.Key<String> RETRY_AFTER =
      Metadata.Key.of("retry-after", Metadata.ASCII_STRING_MARSHALLER);

  private final List<Planned> planned = new ArrayList<>();
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  private static final class Planned {
    final String method;
    final WireFault fault;
    int left;

    Planned(String method, WireFault fault, int left) {
      this.method = method;
      this.fault = fault;
      this.left = left;
    }
  }

  /**
   * Breaks the next calls of a method.
   *
   * @param method the bare name, such as {@code Upsert}
   */
  public void next(String method, int times, WireFault fault) {
    synchronized (planned) {
      planned.add(new Planned(method, fault, times));
    }
  }

  /** How often a method was called. */
  public int calls(String method) {
    return counts.getOrDefault(method, 0);
  }

  /** From now on everything works. */
  public void mend() {
    synchronized (planned) {
      planned.clear();
    }
  }

  /** What the call that is being answered is to do wrong. */
  public static Optional<WireFault> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** Whether the change that is being made is to be forgotten. */
  public static boolean isForgotten() {
    return current().filter(WireFault.ForgetsTheChange.class::isInstance).isPresent();
  }

  private Optional<WireFault> take(String method) {
    counts.merge(method, 1, Integer::sum);
    synchronized (planned) {
      for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
        Planned one = all.next();
        if (one.method.equals(method)) {
          if (--one.left == 0) {
            all.remove();
          }
          return Optional.of(one.fault);
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    Optional<WireFault> fault = take(method);
    if (fault.isEmpty()) {
      return next.startCall(call, headers);
    }
    return switch (fault.get()) {
      case WireFault.Fails(Status.Code code) -> refuse(call, code, new Metadata());
      case WireFault.Throttles(int seconds) -> {
        Metadata trailers = new Metadata();
        trailers.put(RETRY_AFTER, String.valueOf(seconds));
        yield refuse(call, Status.Code.RESOURCE_EXHAUSTED, trailers);
      }
      case WireFault.Stalls _ -> {
        call.request(1);
        yield new ServerCall.Listener<>() {};
      }
      case WireFault.AppliesAndStalls _ -> next.startCall(new Mute<>(call), headers);
      case WireFault.ForgetsTheChange _, WireFault.ScoresNothing _, WireFault.AddsForeignIds _ ->
          Contexts.interceptCall(
              Context.current().withValue(CURRENT, fault.get()), call, headers, next);
    };
  }

  private static <Q, A> ServerCall.Listener<Q> refuse(
      ServerCall<Q, A> call, Status.Code code, Metadata trailers) {
    call.close(code.toStatus().withDescription("as the test has planned"), trailers);
    return new ServerCall.Listener<>() {};
  }

  /** Answers nothing. */
  private static final class Mute<Q, A> extends SimpleForwardingServerCall<Q, A> {
    Mute(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public void sendHeaders(Metadata headers) {
      // Said to nobody.
    }

    @Override
    public void sendMessage(A message) {
      // Said to nobody.
    }

    @Override
    public void close(Status status, Metadata trailers) {
      // Said to nobody.
    }
  }
}
