package io.parley.adapter.ai.extraction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.adapter.ai.extraction.Conversation.Outcome;
import io.parley.adapter.ai.extraction.worker.ExtractionWorker;
import io.parley.adapter.ai.extraction.worker.IsolationTrial;
import io.parley.adapter.ai.extraction.worker.Request;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.PageText;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.ai.ExtractionResult;
import io.parley.domain.port.ai.ExtractionResult.Extracted;
import io.parley.domain.port.ai.ReaderIsolation;
import io.parley.domain.port.ai.TextExtractor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads files in child processes, limited in time, memory and output, without network and without
 * environment. A child is started for the first file, takes further ones, and is gone after a while
 * of idleness, after any file that it could not read, and when this process ends in whatever way.
 */
public final class ProcessTextExtractor implements TextExtractor {

  private final ExtractionConfig config;
  private final List<String> prefix;
  private final Isolation isolation;
  private final Spool spool;
  private final WorkerPool pool;

  private ProcessTextExtractor(
      ExtractionConfig config, List<String> prefix, Spool spool, WorkerPool pool) {
    this.config = config;
    this.prefix = prefix;
    this.isolation = prefix.isEmpty() ? Isolation.REFUSING_SOCKETS : Isolation.NETWORK_NAMESPACE;
    this.spool = spool;
    this.pool = pool;
  }

  /**
   * Makes the private directory and finds out how the network can be kept away. Starts no child.
   *
   * @throws PortFailure when the temporary directory cannot be used
   */
  public static ProcessTextExtractor open(ExtractionConfig config) {
    return open(config, NetworkNamespace.prefix(), ExtractionWorker.class.getName());
  }

  static ProcessTextExtractor open(ExtractionConfig config, List<String> prefix, String mainClass) {
    Spool spool = Spool.open(config.temporaryDirectory());
    WorkerPool pool =
        new WorkerPool(new WorkerCommand(config, prefix, mainClass), spool.directory());
    return new ProcessTextExtractor(config, List.copyOf(prefix), spool, pool);
  }

  /** How the network is kept from the children. */
  public Isolation isolation() {
    return isolation;
  }

  /** The process ids of the children that there are now. */
  public List<Long> processIds() {
    return pool.pids();
  }

  /**
   * @throws PortFailure when no child can be started, the stream breaks, there is no space, or the
   *     thread is interrupted
   */
  @Override
  public ExtractionResult extract(
      InputStream content, ContentType type, Consumer<PageText> onPage) {
    if (pool.isClosed()) {
      throw WorkerPool.closing();
    }
    Path file = spool.write(content);
    try {
      return read(file, type, onPage);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PortFailure(
          Kind.UNAVAILABLE, WorkerPool.BACKEND, "The reading of a file was interrupted.", e);
    } finally {
      spool.remove(file);
    }
  }

  /** By a child of its own, which is started like the others and ends at once. */
  @Override
  public ReaderIsolation tryIsolation() {
    return tryIsolation(IsolationTrial.class.getName());
  }

  ReaderIsolation tryIsolation(String mainClass) {
    List<PageText> said = new ArrayList<>();
    try (ServerSocket listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        ProcessTextExtractor trial = open(config.withMaxChildren(1), prefix, mainClass)) {
      byte[] port = Integer.toString(listener.getLocalPort()).getBytes(UTF_8);
      ExtractionResult result =
          trial.extract(new ByteArrayInputStream(port), ContentType.TEXT, said::add);
      if (said.isEmpty() || !(result instanceof Extracted)) {
        throw untried(null);
      }
      return isolation(IsolationTrial.Report.of(said.getFirst().text()));
    } catch (IOException | IllegalArgumentException e) {
      throw untried(e);
    }
  }

  private ReaderIsolation isolation(IsolationTrial.Report report) {
    return new ReaderIsolation(
        report.pid() != ProcessHandle.current().pid(),
        isolation == Isolation.NETWORK_NAMESPACE,
        report.ways(),
        report.environment().stream()
            .filter(name -> System.getenv().containsKey(name) && !name.equals(WorkerProcess.GIVEN))
            .collect(Collectors.toSet()),
        report.heap());
  }

  private static PortFailure untried(@Nullable Exception why) {
    return new PortFailure(
        Kind.UNAVAILABLE,
        WorkerPool.BACKEND,
        "The reader of files did not say how far it is kept apart.",
        why);
  }

  private ExtractionResult read(Path file, ContentType type, Consumer<PageText> onPage)
      throws InterruptedException {
    Request request = new Request(file.toString(), type, config.maxText(), config.maxPages());
    Conversation conversation =
        new Conversation(request, new Delivery(onPage, config), config.timeLimit());
    Outcome outcome = hold(conversation, false);
    if (outcome instanceof Outcome.Died died && died.maybeInnocent() && !pool.isClosed()) {
      outcome = hold(conversation, true);
    }
    if (pool.isClosed() && outcome instanceof Outcome.Died) {
      throw WorkerPool.closing();
    }
    return switch (outcome) {
      case Outcome.Finished(ExtractionResult result) -> result;
      case Outcome.Died died -> died.problem().result();
    };
  }

  private Outcome hold(Conversation conversation, boolean fresh) throws InterruptedException {
    WorkerProcess worker = pool.acquire(fresh);
    boolean reusable = false;
    try {
      Outcome outcome = conversation.with(worker);
      reusable =
          outcome instanceof Outcome.Finished finished && finished.result() instanceof Extracted;
      return outcome;
    } finally {
      pool.release(worker, reusable);
    }
  }

  @Override
  public void close() {
    pool.close();
    spool.close();
  }
}
