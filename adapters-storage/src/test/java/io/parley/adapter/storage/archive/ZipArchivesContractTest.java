package io.parley.adapter.storage.archive;

import io.parley.domain.port.storage.Archives;
import io.parley.testkit.storage.ArchivesContract;

class ZipArchivesContractTest extends ArchivesContract {
  @Override
  protected Archives archives() {
    return new ZipArchives();
  }
}
