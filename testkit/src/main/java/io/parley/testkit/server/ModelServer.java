package io.parley.testkit.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A local server that speaks OpenAI's protocol ({@code /chat/completions} with and without stream,
 * {@code /embeddings}, {@code /audio/transcriptions}, {@code /models}) and Gemini's ({@code
 * generateContent}, {@code streamGenerateContent}, {@code embedContent}, {@code
 * batchEmbedContents}), with the vendors' limits.
 *
 * <p>Its chat models answer with the sentences of the numbered passages in the prompt that share
 * words with the question, or repeat what tools returned; its embeddings hash words, so that search
 * works; of recordings it hears how many bytes they have, and their fingerprint. Faults are played
 * one a call, in their order; afterwards it behaves well.
 */
public final class ModelServer implements AutoCloseable {
  private final HttpServer server;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Queue<Received> received = new ConcurrentLinkedQueue<>();
  private final Queue<Fault> chatFaults = new ConcurrentLinkedQueue<>();
  private final Queue<Fault> embeddingFaults = new ConcurrentLinkedQueue<>();
  private final Queue<Fault> transcriptionFaults = new ConcurrentLinkedQueue<>();
  private final Queue<ToolTurn> toolTurns = new ConcurrentLinkedQueue<>();
  private final Set<String> unknownModels = ConcurrentHashMap.newKeySet();
  private volatile @Nullable String key;

  /**
   * A request that came.
   *
   * @param headers names in lower case
   * @param body of a recording, what the form says beside it
   */
  public record Received(String path, Map<String, String> headers, String body) {}

  private ModelServer(HttpServer server) {
    this.server = server;
  }

  /** A server on any free port of this machine alone, which takes every key. */
  public static ModelServer start() {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      ModelServer server = new ModelServer(HttpServer.create(any, 0));
      server.listen();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void listen() {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/", exchange -> serve(exchange, this::openAi));
    server.createContext("/v1beta/", exchange -> serve(exchange, this::gemini));
    server.createContext("/v1/audio/transcriptions", this::transcribe);
    server.start();
  }

  /** From now on only requests with this key are served. */
  public ModelServer requiring(String onlyKey) {
    key = onlyKey;
    return this;
  }

  /** From now on there is no model of that name. */
  public ModelServer without(String model) {
    unknownModels.add(model);
    return this;
  }

  /** Adds what goes wrong with the next chats. */
  public ModelServer onChat(Fault... faults) {
    chatFaults.addAll(List.of(faults));
    return this;
  }

  /** Adds what goes wrong with the next calls for embeddings. */
  public ModelServer onEmbeddings(Fault... faults) {
    embeddingFaults.addAll(List.of(faults));
    return this;
  }

  /** Adds what the next chats that are streamed ask for in place of an answer. */
  public ModelServer askingForTools(ToolTurn... turns) {
    toolTurns.addAll(List.of(turns));
    return this;
  }

  /** Adds what goes wrong with the next transcriptions. */
  public ModelServer onTranscriptions(Fault... faults) {
    transcriptionFaults.addAll(List.of(faults));
    return this;
  }

  /** What came, oldest first. */
  public List<Received> received() {
    return new ArrayList<>(received);
  }

  /** The base of OpenAI's protocol. */
  public URI openAiUrl() {
    return base("/v1");
  }

  /** The base of Gemini's protocol. */
  public URI geminiUrl() {
    return base("/v1beta");
  }

  private URI base(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Serves one request. */
  private interface Protocol {
    void serve(Received request, Reply reply) throws IOException;
  }

  /** A fault that tears the connection is thrown, and the JDK's server closes it. */
  private void serve(HttpExchange exchange, Protocol protocol) throws IOException {
    Map<String, String> headers = headers(exchange);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Received request = new Received(exchange.getRequestURI().toString(), headers, body);
    received.add(request);
    protocol.serve(request, new Reply(exchange, closing));
    exchange.close();
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    Map<String, String> headers = new ConcurrentHashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return headers;
  }

  private void transcribe(HttpExchange exchange) throws IOException {
    Map<String, String> headers = headers(exchange);
    String path = exchange.getRequestURI().toString();
    Reply reply = new Reply(exchange, closing);
    Fault fault = Objects.requireNonNullElse(transcriptionFaults.poll(), new Fault.None());
    if (fault instanceof Fault.DoesNotRead) {
      received.add(new Received(path, headers, ""));
      reply.hang();
    }
    AudioForm form = AudioForm.read(exchange.getRequestBody(), headers.get("content-type"));
    Received request = new Received(path, headers, form.summary());
    received.add(request);
    new TranscriptionReplies(new Shop(this), request, form, reply).serve(fault);
    exchange.close();
  }

  private void openAi(Received request, Reply reply) throws IOException {
    new OpenAiCalls(new Shop(this), request, reply).serve();
  }

  private void gemini(Received request, Reply reply) throws IOException {
    new GeminiCalls(new Shop(this), request, reply).serve();
  }

  /** What the protocols see of the server. */
  record Shop(ModelServer server) {
    boolean accepts(@Nullable String given) {
      String only = server.key;
      return only == null || only.equals(given);
    }

    boolean knows(String model) {
      return !model.isEmpty() && !server.unknownModels.contains(model);
    }

    Fault nextChat() {
      Fault fault = server.chatFaults.poll();
      return fault == null ? new Fault.None() : fault;
    }

    Fault nextEmbedding() {
      Fault fault = server.embeddingFaults.poll();
      return fault == null ? new Fault.None() : fault;
    }

    @Nullable ToolTurn nextTurn() {
      return server.toolTurns.poll();
    }
  }

  /** Ends everything that hangs. */
  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }
}
