package io.parley.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Bench;
import io.parley.application.transfer.ImportKnowledge.Result;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Document;
import io.parley.domain.transfer.Selection;
import io.parley.testkit.storage.InMemoryArchives;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two imports at once. */
class OverlappingImportsTest {
  private final InMemoryArchives archives = new InMemoryArchives();
  private final TransferBench from = new TransferBench(archives);
  private final TransferBench to = new TransferBench(archives);

  @AfterEach
  void end() {
    from.close();
    to.close();
  }

  /** An import that something happens to just before it writes the first file. */
  private ImportReport imported(Runnable meanwhile) {
    AtomicInteger documents = new AtomicInteger();
    Consumer<String> each =
        sentence -> {
          if (sentence.startsWith("Importing documents") && documents.incrementAndGet() == 2) {
            meanwhile.run();
          }
        };
    Result result = to.parley.importKnowledge(archives).run(TransferBench.FILE, null, each::accept);
    return ((Result.Imported) result).report();
  }

  @Test
  void aDocumentThatAnotherProcessBringsMeanwhileKeepsItsFile() throws InterruptedException {
    Document document = from.complete("log.txt", "The Marigold sails at dawn.");
    from.exported(from.thisBot());

    ImportReport report = imported(() -> to.importedBeside(archives));
    Bench.until(to.parley::isIdle);

    assertThat(report.documentsThere()).isEqualTo(1);
    assertThat(report.documentsErased()).isZero();
    assertThat(to.bench.blobs.count(to.arrived(from.bench.scope), document.id())).isEqualTo(1);
  }

  @Test
  void aDocumentThatOneArchiveLeavesOutKeepsTheFileThatAnotherBrings() throws InterruptedException {
    Document first = from.complete("log.txt", "The Marigold sails at dawn.");
    from.replace(first.id(), "The Marigold sails at noon.");
    InMemoryArchives whole = new InMemoryArchives();
    from.exportedTo(whole, from.thisBot());
    from.bench.blobs.delete(
        from.bench.scope,
        new BlobKey(
            from.bench.person.user(),
            from.bench.document(first.id()).ref(),
            from.bench.document(first.id()).name()));
    from.exported(from.thisBot());

    ImportReport report = imported(() -> to.importedBeside(whole));

    assertThat(report.documentsLeftOut()).isEqualTo(1);
    assertThat(to.bench.blobs.count(to.arrived(from.bench.scope), first.id())).isEqualTo(2);
  }

  @Test
  void aProcessRunsOneImportAtATime() throws InterruptedException {
    from.complete("log.txt", "The Marigold sails at dawn.");
    from.exported(new Selection.Everything());
    List<Result> second = new ArrayList<>();

    imported(() -> second.add(to.imports(null)));

    assertThat(second)
        .singleElement()
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> assertThat(refused.sentence()).contains("Another import is running"));
    assertThat(to.imports(null)).isInstanceOf(Result.Imported.class);
  }
}
