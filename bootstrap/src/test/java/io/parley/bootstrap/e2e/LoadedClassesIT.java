package io.parley.bootstrap.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server with nothing configured carries nothing of the adapters that it does not use. */
@ExtendWith(SharedParley.class)
class LoadedClassesIT {

  @Test
  void theEmbeddedDefaultLoadsNothingOfOtherStores(RunningParley parley)
      throws IOException, InterruptedException {
    Person owner = Person.signUp(parley.api(), "owner");
    owner.followed(owner.upload(owner.bot(""), Api.Upload.text("a.txt", "Ada keeps bees.")));

    String classes = classesOf(parley.pid());

    assertThat(classes).contains("io.parley.adapter.storage.filesystem.FilesystemBlobStore");
    assertThat(classes).contains("vectorstore.lucene.LuceneVectorStore");
    assertThat(classes)
        .doesNotContain(
            "software.amazon",
            "storage.s3.S3BlobStore",
            "io.lettuce",
            "io.qdrant",
            "io.pinecone",
            "io.grpc",
            "vectorstore.pgvector",
            "persistence.PostgresPool");
  }

  private static String classesOf(long pid) throws IOException, InterruptedException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process asked =
        new ProcessBuilder(jcmd, Long.toString(pid), "VM.class_hierarchy")
            .redirectErrorStream(true)
            .start();
    String told = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(asked.waitFor()).as(told).isZero();
    return told;
  }
}
