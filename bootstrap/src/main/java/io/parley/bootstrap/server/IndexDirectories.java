package io.parley.bootstrap.server;

import io.parley.application.reconciliation.Findings;
import io.parley.application.reconciliation.StoreCheck;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.GenerationRepository;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks for directories of generations that the database does not know; removes none. */
record IndexDirectories(Path vectors, GenerationRepository generations) implements StoreCheck {

  @Override
  public String store() {
    return "index directories";
  }

  @Override
  public void look(Findings findings) {
    if (!Files.isDirectory(vectors)) {
      return;
    }
    Set<String> known =
        generations.all().stream().map(g -> g.id().toString()).collect(Collectors.toSet());
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(vectors)) {
      for (Path directory : directories) {
        if (!known.contains(directory.getFileName().toString())) {
          findings.leftOrphan(
              directory.toString(), "No generation of the database is kept there. Remove it.");
        }
        findings.lookedAt(1);
      }
    } catch (IOException e) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE,
          "data directory",
          vectors + " cannot be read. Check its permissions.",
          e);
    }
  }
}
