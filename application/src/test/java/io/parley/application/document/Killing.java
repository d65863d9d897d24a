package io.parley.application.document;

import io.parley.domain.port.persistence.Persistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports that count every call, and end the worker at one of them as a {@code kill -9} would. */
final class Killing {

  /** What no part of the program catches. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private Killing() {}

  /** All ports of a database. */
  static Persistence database(Persistence inner, AtomicInteger left) {
    return (Persistence)
        Proxy.newProxyInstance(
            Killing.class.getClassLoader(),
            new Class<?>[] {Persistence.class},
            (_, method, arguments) -> {
              Object port = method.invoke(inner, arguments);
              return method.getReturnType().isInterface()
                  ? port(method.getReturnType(), port, left)
                  : port;
            });
  }

  static <T> T port(Class<T> type, Object inner, AtomicInteger left) {
    return type.cast(
        Proxy.newProxyInstance(
            Killing.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              if (left.getAndDecrement() == 1) {
                throw new Killed();
              }
              try {
                return method.invoke(inner, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
