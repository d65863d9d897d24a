package io.parley.adapter.ai.extraction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a child: a small JVM that gives up at the first lack of memory.
 *
 * @param prefix what puts the child into a network namespace; empty where that is not possible
 * @param mainClass name of the class to run
 */
record WorkerCommand(ExtractionConfig config, List<String> prefix, String mainClass) {

  WorkerCommand {
    prefix = List.copyOf(prefix);
  }

  /**
   * @param directory the server's private directory, which the child removes when the server is
   *     gone
   * @param scratch the child's own directory
   */
  List<String> arguments(Path directory, Path scratch) {
    List<String> arguments = new ArrayList<>(prefix);
    arguments.add(config.java().toString());
    arguments.addAll(
        List.of(
            "-Xmx" + config.heapMegabytes() + "m",
            "-Xms8m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=32m",
            "-XX:MaxMetaspaceSize=96m",
            "-XX:MaxDirectMemorySize=16m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:+DisableAttachMechanism",
            "-XX:-CreateCoredumpOnCrash",
            "-Djava.awt.headless=true",
            "-Djava.io.tmpdir=" + scratch,
            "-Duser.home=" + scratch,
            "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.NoOpLog",
            "-cp",
            config.classPath(),
            mainClass,
            directory.toString()));
    return arguments;
  }
}
