package io.parley.testkit.hostile;

import java.util.List;
import java.util.stream.Stream;

/** All of them. */
public final class HostileFiles {

  private HostileFiles() {}

  /** In the order in which they are told about; no two have the same name. */
  public static List<HostileFile> all() {
    return Stream.of(
            HostileZips.all(),
            HostileXml.all(),
            HostilePdfs.all(),
            HostileContainers.all(),
            HostileTexts.all(),
            DamagedFiles.all())
        .flatMap(List::stream)
        .toList();
  }
}
