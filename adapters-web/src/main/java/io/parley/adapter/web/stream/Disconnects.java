package io.parley.adapter.web.stream;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a caller is still there: turns true, and stays so, once the caller has gone away. To be
 * closed with the response, since a connection outlives its requests.
 */
public final class Disconnects implements BooleanSupplier, AutoCloseable {
  private final ChannelFutureListener listener = _ -> gone();
  private final @Nullable ChannelFuture end;
  private volatile boolean gone;

  private Disconnects(@Nullable ChannelFuture end) {
    this.end = end;
  }

  /** Watches the connection of a request. */
  public static Disconnects of(HttpRequest<?> request) {
    ChannelFuture end =
        request instanceof NettyHttpRequest<?> netty
            ? netty.getChannelHandlerContext().channel().closeFuture()
            : null;
    Disconnects disconnects = new Disconnects(end);
    if (end != null) {
      end.addListener(disconnects.listener);
    }
    return disconnects;
  }

  private void gone() {
    gone = true;
  }

  @Override
  public boolean getAsBoolean() {
    return gone;
  }

  @Override
  public void close() {
    if (end != null) {
      end.removeListener(listener);
    }
  }
}
