package io.parley.testkit.storage;

import io.parley.domain.port.storage.Archives;

class InMemoryArchivesTest extends ArchivesContract {
  private final InMemoryArchives archives = new InMemoryArchives();

  @Override
  protected Archives archives() {
    return archives;
  }
}
