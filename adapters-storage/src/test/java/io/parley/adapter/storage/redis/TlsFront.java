package io.parley.adapter.storage.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** TLS before a server that has none, with a certificate of its own for 127.0.0.1. */
final class TlsFront implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final Path store;
  private final SSLServerSocket front;
  private final int behind;

  private TlsFront(Path store, SSLServerSocket front, int behind) {
    this.store = store;
    this.front = front;
    this.behind = behind;
  }

  static TlsFront start(Path directory, int behind) throws Exception {
    Path store = directory.resolve("store.p12");
    makeKey(store);
    SSLServerSocket front =
        (SSLServerSocket)
            context(store)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    TlsFront started = new TlsFront(store, front, behind);
    Thread.ofVirtual().start(started::acceptAll);
    return started;
  }

  private static void makeKey(Path store) throws IOException, InterruptedException {
    Process made =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "redis",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=redis",
                    "-ext",
                    "san=ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    PASSWORD))
            .redirectErrorStream(true)
            .start();
    String told = new String(made.getInputStream().readAllBytes());
    if (made.waitFor() != 0) {
      throw new IOException(told);
    }
  }

  private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  /** Lets this JVM trust the certificate from now on. */
  void trust() {
    System.setProperty("javax.net.ssl.trustStore", store.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
  }

  int port() {
    return front.getLocalPort();
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket caller = front.accept();
        Thread.ofVirtual().start(() -> connect(caller));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private void connect(Socket caller) {
    try (caller;
        Socket server = new Socket("127.0.0.1", behind)) {
      Thread back = Thread.ofVirtual().start(() -> pass(server, caller));
      pass(caller, server);
      back.join();
    } catch (IOException | InterruptedException e) {
      // either end is gone
    }
  }

  private static void pass(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      // either end is gone
    }
  }

  @Override
  public void close() throws IOException {
    System.clearProperty("javax.net.ssl.trustStore");
    System.clearProperty("javax.net.ssl.trustStorePassword");
    front.close();
  }
}
