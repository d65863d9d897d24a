package io.parley.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.bot.BotId;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.Step;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Manifest;
import io.parley.domain.transfer.Section;
import io.parley.domain.transfer.Selection;
import io.parley.testkit.storage.InMemoryArchives;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Archives whose parts do not fit together are refused, and nothing of them comes in. */
class ForgedArchiveTest {
  private static final SourceId SOURCE = new SourceId(new UUID(1, 1));
  private static final VersionRef REF = new VersionRef(SOURCE, 1);
  private static final String TEXT = "The Marigold sails at dawn.";

  private final InMemoryArchives archives = new InMemoryArchives();
  private final TransferBench to = new TransferBench(archives);

  @AfterEach
  void end() {
    to.close();
  }

  private BotId bot() {
    return to.bench.scope.bot();
  }

  private ArchiveLine source(int newest) {
    return new ArchiveLine.OfSource(
        new ArchivedSource(
            SOURCE, bot(), SourceType.DOCUMENT, null, newest, newest, 1, Instant.EPOCH));
  }

  private static ArchiveLine version(VersionRef ref, int chunks) {
    return new ArchiveLine.OfVersion(
        new ArchivedVersion(
            ref,
            new DocumentName("log.txt"),
            ContentType.TEXT,
            TEXT.length(),
            sha256(TEXT),
            Metadata.EMPTY,
            "en",
            null,
            DocumentStatus.COMPLETE,
            Step.INDEXED,
            1,
            chunks,
            null,
            Instant.EPOCH,
            Instant.EPOCH));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ArchiveLine page(int number) {
    return new ArchiveLine.OfPage(REF, PageText.plain(number, TEXT));
  }

  private static ArchiveLine chunk(int ordinal, int page) {
    Chunk chunk =
        new Chunk(
            ChunkId.of(REF, ordinal),
            REF,
            ordinal,
            page,
            new TextSpan(0, TEXT.length()),
            null,
            TEXT);
    return new ArchiveLine.OfChunk(new ArchivedChunk(chunk, Map.of()));
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private void forged(Consumer<Archives.Outgoing> content) {
    Manifest manifest = new Manifest(1, Instant.EPOCH, new Selection.Everything(), "test");
    try (Archives.Outgoing archive = archives.create(TransferBench.FILE, manifest, true)) {
      content.accept(archive);
      archive.finish();
    }
  }

  /** A document with one version, whose text is what is given. */
  private void texts(int chunks, ArchiveLine... lines) {
    forged(archive -> {
      archive.begin(new Section.Document(SOURCE));
      archive.add(source(1));
      archive.add(version(REF, chunks));
      archive.add(REF, bytes(TEXT));
      archive.begin(new Section.Texts(SOURCE));
      List.of(lines).forEach(archive::add);
    });
  }

  private void refuses(String why) {
    assertThatThrownBy(() -> to.imports(null))
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(PortFailure.Kind.CORRUPT_DATA);
              assertThat(failure.sentence()).contains(why);
            });
    assertThat(to.bench.blobs.size()).isZero();
    assertThat(to.bench.database.documents().countOfAllTenants()).isZero();
  }

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
