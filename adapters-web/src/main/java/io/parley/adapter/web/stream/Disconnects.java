package io.parley.adapter.web.stream;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Whether a caller is still there. */
public final class Disconnects {
  private Disconnects() {}

  /** Turns true, and stays so, once the caller has gone away. */
  public static BooleanSupplier of(HttpRequest<?> request) {
    AtomicBoolean gone = new AtomicBoolean();
    if (request instanceof NettyHttpRequest<?> netty) {
      netty.getChannelHandlerContext().channel().closeFuture().addListener(_ -> gone.set(true));
    }
    return gone::get;
  }
}
