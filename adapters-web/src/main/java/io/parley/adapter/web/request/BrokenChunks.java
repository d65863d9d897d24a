package io.parley.adapter.web.request;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.parley.adapter.web.problem.Problems;
import java.nio.charset.StandardCharsets;

/**
 * Answers a body in chunks without their sizes with 400 and hangs up. The framework takes such a
 * body for one that has ended, or waits for the rest of it.
 */
final class BrokenChunks extends ChannelDuplexHandler {
  static final String NAME = "parley-broken-chunks";
  private static final byte[] PROBLEM =
      """
      {"type":"urn:parley:problem:malformed","title":"Malformed request","status":400,"detail":"The body has \
      Transfer-Encoding: chunked, and its chunks do not say their sizes. Let your HTTP client frame \
      it, or send a Content-Length.","code":"malformed"}\
      """
          .getBytes(StandardCharsets.UTF_8);

  private boolean answered;
  private boolean broken;

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest) {
      answered = false;
    }
    if (broken) {
      ReferenceCountUtil.release(message);
    } else if (isBrokenBody(message)) {
      broken = true;
      ReferenceCountUtil.release(message);
      refuse(context);
    } else {
      super.channelRead(context, message);
    }
  }

  /** A head that cannot be read is answered by the framework. */
  private static boolean isBrokenBody(Object message) {
    return message instanceof HttpContent
        && !(message instanceof HttpRequest)
        && ((HttpObject) message).decoderResult().isFailure();
  }

  private void refuse(ChannelHandlerContext context) {
    if (answered) {
      var _ = context.close();
      return;
    }
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.BAD_REQUEST, Unpooled.wrappedBuffer(PROBLEM));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, Problems.MEDIA_TYPE)
        .set(HttpHeaderNames.CONTENT_LENGTH, PROBLEM.length)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse response && response.status().code() >= 200) {
      answered = true;
    }
    if (broken) {
      ReferenceCountUtil.release(message);
      promise.cancel(false);
      return;
    }
    super.write(context, message, promise);
  }
}
