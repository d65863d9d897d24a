package io.parley.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.bot.Bot;
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

/** Archives that no export has written. */
abstract class ForgedArchives {
  static final SourceId SOURCE = new SourceId(new UUID(1, 1));
  static final VersionRef REF = new VersionRef(SOURCE, 1);
  static final String TEXT = "The Marigold sails at dawn.";

  final InMemoryArchives archives = new InMemoryArchives();
  final TransferBench to = new TransferBench(archives);

  @AfterEach
  void end() {
    to.close();
  }

  BotId bot() {
    return to.bench.scope.bot();
  }

  ArchiveLine source(int newest) {
    return source(newest, bot());
  }

  static ArchiveLine source(int newest, BotId bot) {
    return new ArchiveLine.OfSource(
        new ArchivedSource(
            SOURCE, bot, SourceType.DOCUMENT, null, newest, newest, 1, Instant.EPOCH));
  }

  static ArchiveLine version(VersionRef ref, int chunks) {
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

  static ArchiveLine page(int number) {
    return new ArchiveLine.OfPage(REF, PageText.plain(number, TEXT));
  }

  static ArchiveLine chunk(int ordinal, int page) {
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

  static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** With the bot that is here. */
  void forged(Consumer<Archives.Outgoing> content) {
    ArchiveLine ours = new ArchiveLine.OfBot(ours());
    forged(
        new Selection.Everything(),
        archive -> {
          archive.begin(new Section.Bots());
          archive.add(ours);
          content.accept(archive);
        });
  }

  Bot ours() {
    return to.bench.database.bots().find(to.bench.scope).orElseThrow();
  }

  void forged(Selection selection, Consumer<Archives.Outgoing> content) {
    Manifest manifest = new Manifest(1, Instant.EPOCH, selection, "test");
    try (Archives.Outgoing archive = archives.create(TransferBench.FILE, manifest, true)) {
      content.accept(archive);
      archive.finish();
    }
  }

  /** A document with one version, whose text is what is given. */
  void texts(int chunks, ArchiveLine... lines) {
    forged(archive -> {
      archive.begin(new Section.Document(SOURCE));
      archive.add(source(1));
      archive.add(version(REF, chunks));
      archive.add(REF, bytes(TEXT));
      archive.begin(new Section.Texts(SOURCE));
      List.of(lines).forEach(archive::add);
    });
  }

  void refuses(String why) {
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
}
