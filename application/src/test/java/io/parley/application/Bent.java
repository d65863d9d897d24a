package io.parley.application;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;

/** A port that does one thing wrong. */
public final class Bent {
  private Bent() {}

  /** What is done instead of a call. */
  public interface Bend {
    Object instead(Object[] arguments, Callable<Object> right) throws Exception;
  }

  /** The same port, but for every call of a method of that name. */
  public static <T> T port(Class<T> type, T sound, String method, Bend bend) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, called, given) -> {
              Object[] arguments = given == null ? new Object[0] : given;
              Callable<Object> right =
                  () -> {
                    try {
                      return called.invoke(sound, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause() instanceof Exception why ? why : e;
                    }
                  };
              return called.getName().equals(method)
                  ? bend.instead(arguments, right)
                  : right.call();
            }));
  }
}
