package io.parley.bootstrap.command;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * SIGTERM, SIGINT and SIGHUP without the JVM's own shutdown. That one lets every library close at
 * once what running requests still use, and refuses a library that is used for the first time then.
 */
final class StopSignals {
  private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

  private StopSignals() {}

  /** What is done when one comes; a signal that is ignored here stays so. */
  static void handle(Thread stop) {
    try {
      install(handler(stop));
    } catch (ReflectiveOperationException | RuntimeException e) {
      Runtime.getRuntime().addShutdownHook(stop); // this JVM keeps signals to itself
    }
  }

  /** From now on signals end the program as they end any other. */
  static void forget(Thread stop) {
    try {
      install(Class.forName("sun.misc.SignalHandler").getField("SIG_DFL").get(null));
      Runtime.getRuntime().removeShutdownHook(stop);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // It is running: somebody has told it to stop meanwhile.
    }
  }

  private static Object handler(Thread stop) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.SignalHandler");
    return Proxy.newProxyInstance(
        StopSignals.class.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> {
          if (method.getName().equals("handle")) {
            begin(stop);
          }
          return null;
        });
  }

  /** The first one counts. */
  private static synchronized void begin(Thread stop) {
    if (stop.getState() == Thread.State.NEW) {
      stop.start();
    }
  }

  /** By reflection, because the compiler warns of these classes, which every JVM has. */
  private static void install(Object handler) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Constructor<?> named = signal.getConstructor(String.class);
    Method handle = signal.getMethod("handle", signal, Class.forName("sun.misc.SignalHandler"));
    for (String name : NAMES) {
      handle.invoke(null, named.newInstance(name), handler);
    }
  }
}
