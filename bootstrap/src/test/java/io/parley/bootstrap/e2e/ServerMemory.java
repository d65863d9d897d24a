package io.parley.bootstrap.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server process takes, seen from outside, on Linux. Its heap should be touched beforehand:
 * then resident memory moves by all that is not heap, and the heap is asked for what lives in it.
 * The second compiler, which takes tens of megabytes for a moment whatever the work is, is left
 * out.
 */
final class ServerMemory implements AutoCloseable {
  static final String HEAP_TOUCHED_BEFORE =
      "-Xms256m -Xmx256m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1";

  private static final Pattern RESIDENT = Pattern.compile("RssAnon:\\s+(\\d+) kB");
  private static final Pattern USED = Pattern.compile("heap\\s.*used (\\d+)K");
  private static final long LOOK_MILLIS = 50;

  private final long pid;
  private volatile long residentBefore;
  private final long liveBefore;
  private final Thread watching = Thread.ofVirtual().unstarted(this::watch);
  private volatile long residentMost;

  private ServerMemory(long pid) {
    this.pid = pid;
    this.liveBefore = live();
    this.residentBefore = resident();
    this.residentMost = residentBefore;
  }

  static boolean canBeWatched() {
    return Files.exists(Path.of("/proc/self/status"));
  }

  /** From now on. */
  static ServerMemory watch(long pid) {
    ServerMemory memory = new ServerMemory(pid);
    memory.watching.start();
    return memory;
  }

  /** What was taken until now is what usual work takes: it moves from there. */
  void usual() {
    residentBefore = Math.max(residentMost, resident());
  }

  private void watch() {
    try {
      while (true) {
        residentMost = Math.max(residentMost, resident());
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long resident() {
    try {
      return number(RESIDENT, Files.readString(Path.of("/proc", Long.toString(pid), "status")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the heap after a full collection. */
  private long live() {
    jcmd("GC.run");
    return number(USED, jcmd("GC.heap_info"));
  }

  private String jcmd(String command) {
    Path program = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(program.toString(), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalStateException(text);
    }
    return Long.parseLong(found.group(1));
  }

  /** How far it has moved. */
  record Moved(long residentKb, long liveHeapKb) {}

  /** Looks at the heap once more. */
  Moved moved() {
    long most = Math.max(residentMost, resident());
    return new Moved(most - residentBefore, live() - liveBefore);
  }

  @Override
  public void close() {
    watching.interrupt();
  }
}
