package io.parley.adapter.ai.extraction.worker;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.DatagramSocketImplFactory;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketImplFactory;

/**
 * Refuses every way that Java has to the network: names do not resolve, sockets and channels do not
 * open. Where there is a network namespace this is the second lock, elsewhere the only one; native
 * code in a parser would not be held by it, and there is none.
 */
final class NoNetwork {

  private NoNetwork() {}

  /** Must run before the first network class is used; once in a process. */
  static void refuse() throws IOException {
    System.setProperty("jdk.net.hosts.file", "/nonexistent/hosts");
    System.setProperty(
        "java.nio.channels.spi.SelectorProvider", RefusingSelectorProvider.class.getName());
    System.setProperty(
        "java.nio.channels.spi.AsynchronousChannelProvider",
        RefusingAsynchronousChannels.class.getName());
    refuseSockets();
  }

  @SuppressWarnings("deprecation") // The only hook that every java.net socket passes.
  private static void refuseSockets() throws IOException {
    SocketImplFactory sockets =
        () -> {
          throw new SecurityException("No network here");
        };
    DatagramSocketImplFactory datagrams =
        () -> {
          throw new SecurityException("No network here");
        };
    Socket.setSocketImplFactory(sockets);
    ServerSocket.setSocketFactory(sockets);
    DatagramSocket.setDatagramSocketImplFactory(datagrams);
  }
}
