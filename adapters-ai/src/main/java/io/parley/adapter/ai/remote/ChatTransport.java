package io.parley.adapter.ai.remote;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.time.Duration;

/**
 * Hands LangChain4j's requests to the stream that the calling thread is in, which reads the answer
 * before this returns. The library would call back from threads of its own.
 */
final class ChatTransport implements HttpClient {
  static final ScopedValue<ChatStream> STREAM = ScopedValue.newInstance();

  @Override
  public SuccessfulHttpResponse execute(HttpRequest request) {
    throw new IllegalStateException("Only streams are asked for.");
  }

  @Override
  public void execute(
      HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
    STREAM.get().run(request, listener);
  }

  /** Its timeouts are those of the endpoint, whatever LangChain4j sets. */
  static final class Builder implements HttpClientBuilder {
    @Override
    public Duration connectTimeout() {
      return Duration.ZERO;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return Duration.ZERO;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      return this;
    }

    @Override
    public HttpClient build() {
      return new ChatTransport();
    }
  }
}
