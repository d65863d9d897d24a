package io.parley.adapter.persistence.embedded;

import io.parley.domain.port.PortFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A process that starts the database of a directory and is then killed, or tries to own it too. */
final class AbandoningOwner {

  private AbandoningOwner() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      DataDirectoryLock lock = DataDirectoryLock.acquire(Path.of(arguments[0]));
      Optional<Path> unpacked = Stream.of(arguments).skip(1).map(Path::of).findFirst();
      EmbeddedDatabase database =
          EmbeddedDatabase.start(lock, EmbeddedDatabaseConfig.DEFAULT.withUnpacked(unpacked));
      System.out.println("up " + database.pid());
      Thread.sleep(600_000);
    } catch (PortFailure e) {
      System.out.println(e.sentence());
    }
  }
}
