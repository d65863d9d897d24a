package org.example.library;

import io.parley.adapter.ai.LocalModels;
import io.parley.adapter.persistence.EmbeddedPostgres;
import io.parley.adapter.storage.filesystem.FilesystemBlobs;
import io.parley.adapter.vectorstore.lucene.LuceneIndexes;
import io.parley.application.LocalBot;
import io.parley.application.Parley;
import io.parley.application.conversation.ShownMessage;
import java.nio.file.Path;

/** Takes a text in, and asks it a question. */
public final class Lighthouse {
  private static final String LOG =
      """
      The lighthouse of Skerry Head was lit for the first time on 4 May 1871.
      Its keeper was Hanna Ruud, who stayed for thirty-one years.
      """;

  private Lighthouse() {}

  public static void main(String[] args) throws InterruptedException {
    // begin of the snippet
    Path home = Path.of(args[0]);
    try (Parley parley =
        Parley.builder()
            .with(EmbeddedPostgres.in(home))
            .with(FilesystemBlobs.in(home.resolve("blobs")))
            .with(LocalModels.in(home.resolve("tmp")))
            .with(LuceneIndexes.in(home.resolve("index")))
            .build()
            .start()) {
      LocalBot bot = parley.localBot("Lighthouse");
      bot.await(bot.add("log.txt", LOG));
      ShownMessage answer = bot.ask("Who was the keeper of Skerry Head?").answer();
      System.out.println(answer.message().content());
      answer
          .citations()
          .forEach(c -> System.out.println(c.source().documentName() + ": " + c.quote()));
    }
    // end of the snippet
  }
}
