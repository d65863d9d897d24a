package io.parley.adapter.web.request;

import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import jakarta.inject.Singleton;

/**
 * Looks at requests first. Drops {@code Accept-Language} before the framework sees it: it keeps
 * every language ever named in a cache without bound, and Parley answers in one.
 */
@Singleton
final class HeaderGuard implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {
  private static final String NAME = "parley-header-guard";

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    NettyServerCustomizer.Registry registry = event.getBean();
    registry.register(new OnListener());
    return registry;
  }

  private static final class OnListener implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel channel, ChannelRole role) {
      return new OnConnection(channel);
    }
  }

  private record OnConnection(Channel channel) implements NettyServerCustomizer {
    @Override
    public NettyServerCustomizer specializeForChannel(Channel child, ChannelRole role) {
      return new OnConnection(child);
    }

    @Override
    public void onStreamPipelineBuilt() {
      if (channel.pipeline().get(ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND) != null) {
        channel
            .pipeline()
            .addBefore(
                ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND, NAME, new LanguageDropper())
            .addBefore(
                ChannelPipelineCustomizer.HANDLER_MICRONAUT_INBOUND,
                BrokenChunks.NAME,
                new BrokenChunks());
      }
    }
  }

  private static final class LanguageDropper extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (message instanceof HttpRequest request) {
        request.headers().remove(HttpHeaderNames.ACCEPT_LANGUAGE);
      }
      super.channelRead(context, message);
    }
  }
}
