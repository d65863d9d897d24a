package io.parley.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.PageText;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.Section;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Archives whose parts do not fit together are refused, and nothing of them comes in. */
class ForgedArchiveTest extends ForgedArchives {
  @Test
  void whatFitsComesIn() throws InterruptedException {
    texts(1, page(1), chunk(0, 1));

    assertThat(to.imported().documents()).isEqualTo(1);
    assertThat(to.found(to.bench.scope, "Marigold")).containsExactly(TEXT);
  }

  @Test
  void textsThatAreNotWholeAreRefused() {
    texts(1, page(1));
    refuses("has not the pages and chunks that it should");
    texts(2, page(1), chunk(0, 1));
    refuses("has not the pages and chunks that it should");
    texts(1, chunk(0, 1));
    refuses("has not the pages and chunks that it should");
    texts(1, page(1), page(2), chunk(0, 1));
    refuses("the page is not the next one");
    texts(1, page(1), chunk(1, 1));
    refuses("the chunk is not the next one");
    texts(1, page(1), chunk(0, 1), chunk(1, 1));
    refuses("the chunk is not the next one");
    texts(1, page(1), chunk(0, 2));
    refuses("on a page that is not there");
  }

  @Test
  void aChunkThatDoesNotSayWhatItsPageSaysIsRefused() {
    texts(1, page(1), chunk(0, TEXT.replace("dawn", "noon")));
    refuses("the chunk does not say what its page says");
    texts(1, page(1), chunk(1, TEXT));
    refuses("the chunk does not say what its page says");
  }

  @Test
  void aChunkOfATextThatIsTooLongToBeHeldIsComparedWithWhatIsStored() throws InterruptedException {
    String longText = TEXT + " ".repeat(ArchivedPages.MOST_HELD);
    ArchiveLine longPage = new ArchiveLine.OfPage(REF, PageText.plain(1, longText));
    texts(1, longPage, chunk(0, TEXT.replace("dawn", "noon")));
    assertThatThrownBy(() -> to.imports(null))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("the chunk does not say what its page says");
    assertThat(to.bench.database.documents().countOfAllTenants()).isZero();

    texts(1, longPage, chunk(0, TEXT));
    assertThat(to.imported().documents()).isEqualTo(1);
  }

  private static ArchiveLine chunk(int start, String says) {
    Chunk chunk =
        new Chunk(
            ChunkId.of(REF, 0), REF, 0, 1, new TextSpan(start, start + says.length()), null, says);
    return new ArchiveLine.OfChunk(new ArchivedChunk(chunk, Map.of()));
  }

  @Test
  void aFileThatIsNotTheDocumentsIsRefused() {
    for (String wrong : List.of("", TEXT.replace("dawn", "noon"), TEXT + ".")) {
      forged(archive -> {
        archive.begin(new Section.Document(SOURCE));
        archive.add(source(1));
        archive.add(version(REF, 1));
        archive.add(REF, bytes(wrong));
        archive.begin(new Section.Texts(SOURCE));
        archive.add(page(1));
        archive.add(chunk(0, 1));
      });
      refuses("the file is not the one that its document names");
    }
  }

  @Test
  void aFileThatIsLargerThanItsDocumentIsNotReadToItsEnd() {
    forged(archive -> {
      archive.begin(new Section.Document(SOURCE));
      archive.add(source(1));
      archive.add(version(REF, 1));
      archive.add(REF, bytes(TEXT.repeat(1_000)));
    });

    refuses("the file is larger than its document says");
  }

  @Test
  void documentsThatAreNotWholeAreRefused() {
    forged(archive -> {
      archive.begin(new Section.Document(SOURCE));
      archive.add(version(REF, 1));
    });
    refuses("a document begins with its source");
    forged(archive -> {
      archive.begin(new Section.Document(SOURCE));
      archive.add(source(2));
      archive.add(version(REF, 1));
    });
    refuses("the newest version, or the one that serves, is missing");
    forged(archive -> {
      archive.begin(new Section.Document(SOURCE));
      archive.add(source(1));
      archive.add(version(REF, 1));
      archive.begin(new Section.Texts(SOURCE));
    });
    refuses("the original file of a version is missing");
    forged(archive -> {
      archive.begin(new Section.Document(SOURCE));
      archive.add(source(1));
      archive.add(version(REF, 1));
      archive.add(new VersionRef(SOURCE, 2), bytes(TEXT));
    });
    refuses("the file is not that of the next version");
    forged(archive -> {
      archive.begin(new Section.Accounts());
      archive.begin(new Section.Texts(SOURCE));
    });
    refuses("the document before it is another one");
  }

  @Test
  void aDocumentWhoseBotIsNotThereDoesNotComeIn() throws InterruptedException {
    texts(1, page(1), chunk(0, 1));
    to.bench.database.bots().tombstone(to.bench.scope, Instant.EPOCH);

    assertThat(to.imported().documentsErased()).isEqualTo(1);
    assertThat(to.bench.blobs.size()).isZero();
  }
}
