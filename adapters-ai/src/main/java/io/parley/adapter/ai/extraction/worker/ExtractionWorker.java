package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.PageText;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The child's main class. It reads requests from standard input and writes frames to standard
 * output; what a parser prints goes to standard error. The end of its input means that the server
 * is gone: it removes the server's private directory, given as the only argument, and ends, also in
 * the middle of a file.
 */
public final class ExtractionWorker {

  /** What {@code -XX:+ExitOnOutOfMemoryError} ends with. */
  public static final int EXIT_OUT_OF_MEMORY = 3;

  private static final int STACK = 2 * 1024 * 1024;

  private ExtractionWorker() {}

  public static void main(String[] arguments) throws IOException {
    run(Path.of(arguments[0]), DocumentReaders::standard);
  }

  static void run(Path directory, DocumentReaders readers) throws IOException {
    NoNetwork.refuse();
    serve(directory, readers);
  }

  /**
   * As {@link #run}, with the network left open: what the checks of the isolation are checked by.
   */
  static void serve(Path directory, DocumentReaders readers) throws IOException {
    InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
    OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 65_536);
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    Thread parser = new Thread(null, () -> parse(requests, out, readers), "parser", STACK);
    parser.setDaemon(true);
    parser.start();
    awaitRequests(in, requests, directory);
  }

  private static void awaitRequests(
      InputStream in, LinkedBlockingQueue<Request> requests, Path directory) {
    try {
      for (Request next = Wire.readRequest(in); next != null; next = Wire.readRequest(in)) {
        requests.add(next);
      }
    } catch (IOException e) {
      // A torn pipe says the same as a closed one.
    }
    PrivateFiles.removeAll(directory);
    Runtime.getRuntime().halt(0);
  }

  private static void parse(
      LinkedBlockingQueue<Request> requests, OutputStream out, DocumentReaders readers) {
    try {
      Wire.write(out, new Frame.Ready());
      while (true) {
        Wire.write(out, read(requests.take(), out, readers));
      }
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(EXIT_OUT_OF_MEMORY);
    } catch (Throwable e) {
      Runtime.getRuntime().halt(1);
    }
  }

  private static Frame read(Request request, OutputStream out, DocumentReaders readers) {
    Pages pages = new Pages(page -> send(out, page), request.maxText(), request.maxPages());
    try {
      String title = readers.of(request.type()).read(Path.of(request.file()), pages);
      return pages.anyText()
          ? new Frame.Done(title, pages.count())
          : new Frame.Failed(DocumentReaders.empty(request.type()));
    } catch (UnreadableException e) {
      return new Frame.Failed(e.problem());
    } catch (UncheckedIOException e) {
      throw e;
    } catch (StackOverflowError e) {
      return new Frame.Failed(Problem.TOO_DEEP);
    } catch (IOException | RuntimeException | LinkageError e) {
      return new Frame.Failed(DocumentReaders.broken(request.type()));
    }
  }

  private static void send(OutputStream out, PageText page) {
    try {
      Wire.write(out, new Frame.Page(page));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
