package io.parley.adapter.storage.archive;

import io.parley.domain.port.storage.Archives;
import io.parley.domain.transfer.Manifest;
import java.nio.file.Path;

/** Archives as ZIP files, which {@code unzip} and {@code sha256sum} understand. */
public final class ZipArchives implements Archives {

  @Override
  public Outgoing create(Path file, Manifest manifest, boolean replace) {
    return OutgoingZip.create(file, manifest, replace);
  }

  @Override
  public Incoming open(Path file) {
    return IncomingZip.open(file);
  }
}
