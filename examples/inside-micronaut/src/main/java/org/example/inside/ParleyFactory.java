package org.example.inside;

import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import io.parley.adapter.ai.LocalModels;
import io.parley.adapter.persistence.EmbeddedPostgres;
import io.parley.adapter.storage.filesystem.FilesystemBlobs;
import io.parley.adapter.vectorstore.lucene.LuceneIndexes;
import io.parley.application.Parley;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Makes Parley a bean of this application, which starts and stops with it. */
@Factory
final class ParleyFactory {

  @Singleton
  @Bean(preDestroy = "close")
  Parley parley(@Value("${knowledge.directory}") Path home) {
    return Parley.builder()
        .with(EmbeddedPostgres.in(home))
        .with(FilesystemBlobs.in(home.resolve("blobs")))
        .with(LocalModels.in(home.resolve("tmp")))
        .with(LuceneIndexes.in(home.resolve("index")))
        .build()
        .start();
  }
}
