package io.parley.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.account.PasswordHash;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotConfiguration;
import io.parley.domain.bot.BotId;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.bot.BotStatus;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.conversation.TokenUsage;
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
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.transfer.ArchiveItem;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedMessage;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Manifest;
import io.parley.domain.transfer.Section;
import io.parley.domain.transfer.Selection;
import io.parley.domain.transfer.Tenant;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Archives} keeps. */
public abstract class ArchivesContract {
  protected static final Instant NOW = Instant.parse("2026-03-04T05:06:07.123456Z");
  protected static final SourceId SOURCE =
      new SourceId(UUID.fromString("11111111-2222-4333-8444-555555555555"));
  protected static final VersionRef REF = new VersionRef(SOURCE, 1);
  protected static final TenantId TENANT = new TenantId(new UUID(1, 1));
  protected static final UserId USER = new UserId(new UUID(1, 2));
  protected static final BotId BOT = new BotId(new UUID(1, 3));
  protected static final EmbeddingModel MODEL = new EmbeddingModel("local", "two numbers", 2);
  private static final String TEXT = "A \u201Cline\u201D\nand \uD83D\uDC1D another\t\u0001.";

  @TempDir protected Path folder;

  /** The archives under test. */
  protected abstract Archives archives();

  protected static Manifest manifest() {
    return new Manifest(Manifest.VERSION, NOW, new Selection.OneBot(BOT), "1.2.3");
  }

  /** Everything that an archive can hold, in its order, but for files. */
  protected static List<ArchiveLine> accounts() {
    return List.of(
        new ArchiveLine.OfTenant(new Tenant(TENANT, NOW)),
        new ArchiveLine.OfUser(user(USER, "ada", new PasswordHash("{bcrypt}$2a$"), NOW)),
        new ArchiveLine.OfUser(user(new UserId(new UUID(1, 9)), null, null, null)),
        new ArchiveLine.OfIdentity(new Identity("https://id.example", "s|1", TENANT, USER)));
  }

  private static User user(
      UserId id, @Nullable String name, @Nullable PasswordHash hash, @Nullable Instant lastLogin) {
    return new User(
        id, TENANT, name, null, "Ada", null, hash, 3, true, false, true, NOW, lastLogin, User.FREE,
        null);
  }

  protected static ArchiveLine bot() {
    return new ArchiveLine.OfBot(
        new Bot(
            BOT,
            TENANT,
            USER,
            new BotProfile(
                "Bot",
                null,
                "Hi",
                "gpt",
                TEXT,
                0.7,
                true,
                new BotConfiguration(BotConfiguration.Agent.REACT, List.of("a", "b"), 7)),
            BotStatus.ACTIVE,
            false,
            NOW,
            NOW));
  }

  protected static ArchiveLine source() {
    return new ArchiveLine.OfSource(
        new ArchivedSource(SOURCE, BOT, SourceType.CHAPTER, "one", 3, 1, 1, NOW));
  }

  protected static ArchiveLine version() {
    Map<String, Object> metadata =
        Map.of(
            "year",
            2026,
            "share",
            new BigDecimal("0.25"),
            "deep",
            Map.of("list", List.of(true, "x")));
    return new ArchiveLine.OfVersion(
        new ArchivedVersion(
            REF,
            new DocumentName("../../\u00DCber uns.txt"),
            ContentType.TEXT,
            5,
            "ab".repeat(32),
            new Metadata(Map.copyOf(metadata)),
            "en",
            null,
            DocumentStatus.COMPLETE,
            Step.INDEXED,
            1,
            1,
            null,
            NOW,
            NOW));
  }

  protected static ArchiveLine page() {
    return new ArchiveLine.OfPage(
        REF,
        new PageText(
            1,
            "Heading",
            TEXT,
            List.of(new PageText.Block(PageText.Block.Kind.TABLE, new TextSpan(0, 3)))));
  }

  protected static ArchivedChunk chunk() {
    Chunk chunk =
        new Chunk(ChunkId.of(REF, 0), REF, 0, 1, new TextSpan(0, TEXT.length()), "Heading", TEXT);
    return new ArchivedChunk(chunk, Map.of(MODEL, new float[] {1.5f, -Float.MIN_VALUE}));
  }

  private static List<ArchiveLine> talk() {
    ConversationId id = new ConversationId(new UUID(1, 4));
    Message message =
        new Message(
            new MessageId(new UUID(1, 5)),
            id,
            Message.Role.ASSISTANT,
            TEXT,
            List.of(
                new CitationRef(1, ChunkId.of(REF, 0), SOURCE, new TextSpan(0, 6), 0.123456789)),
            false,
            NOW,
            new TokenUsage(1, 2),
            3,
            -1);
    return List.of(
        new ArchiveLine.OfConversation(
            new Conversation(id, TENANT, USER, BOT, "Talk", Metadata.EMPTY, 0, NOW, NOW)),
        new ArchiveLine.OfMessage(new ArchivedMessage(message, "No.")));
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  /** An archive with one of each. */
  protected static void write(Archives.Outgoing archive) {
    archive.begin(new Section.Accounts());
    accounts().forEach(archive::add);
    archive.begin(new Section.Bots());
    archive.add(bot());
    archive.begin(new Section.Document(SOURCE));
    archive.add(source());
    archive.add(version());
    archive.add(REF, bytes("bytes"));
    archive.begin(new Section.Texts(SOURCE));
    archive.add(page());
    archive.add(new ArchiveLine.OfChunk(chunk()));
    archive.begin(new Section.Conversations());
    talk().forEach(archive::add);
  }

  protected Path written(String name) {
    Path file = folder.resolve(name);
    try (Archives.Outgoing archive = archives().create(file, manifest(), false)) {
      write(archive);
      assertThat(archive.finish()).isPositive();
    }
    return file;
  }

  /** What an archive holds, with the text of its files. */
  protected List<Object> read(Path file) {
    List<Object> all = new ArrayList<>();
    try (Archives.Incoming archive = archives().open(file)) {
      for (Optional<ArchiveItem> item = archive.next(); item.isPresent(); item = archive.next()) {
        all.add(
            switch (item.get()) {
              case ArchiveItem.Begin(Section section) -> section;
              case ArchiveItem.Line(ArchiveLine line) -> line;
              case ArchiveItem.OriginalFile(VersionRef ref, var content) ->
                  ref + " " + BlobFixture.textOf(content);
            });
      }
      assertThat(archive.share()).isEqualTo(1);
    }
    return all;
  }

  @Test
  void whatIsWrittenIsReadInItsOrder() {
    Path file = written("a.zip");

    List<Object> all = read(file);

    try (Archives.Incoming archive = archives().open(file)) {
      assertThat(archive.manifest()).isEqualTo(manifest());
    }
    List<Object> expected = new ArrayList<>(List.of(new Section.Accounts()));
    expected.addAll(accounts());
    expected.addAll(List.of(new Section.Bots(), bot(), new Section.Document(SOURCE)));
    expected.addAll(List.of(source(), version(), REF + " bytes", new Section.Texts(SOURCE)));
    expected.add(page());
    int chunk = expected.size();
    expected.add(new Section.Conversations());
    expected.addAll(talk());
    ArchivedChunk read = ((ArchiveLine.OfChunk) all.remove(chunk)).chunk();
    assertThat(all).isEqualTo(expected);
    assertThat(read.chunk()).isEqualTo(chunk().chunk());
    assertThat(read.embeddings().get(MODEL)).containsExactly(1.5f, -Float.MIN_VALUE);
  }

  @Test
  void filesThatNobodyReadsAreSkipped() {
    Path file = written("a.zip");

    try (Archives.Incoming archive = archives().open(file)) {
      int items = 0;
      while (archive.next().isPresent()) {
        items++;
      }
      assertThat(items).isEqualTo(read(file).size());
    }
  }

  @Test
  void nothingIsThereBeforeItIsFinished() {
    Path file = folder.resolve("a.zip");
    try (Archives.Outgoing archive = archives().create(file, manifest(), false)) {
      write(archive);
    }

    assertThatThrownBy(() -> archives().open(file))
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure ->
                assertThat(failure.kind()).isEqualTo(PortFailure.Kind.INVALID_CONFIGURATION));
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void whatIsThereIsReplacedOnlyWhenAsked() {
    Path file = written("a.zip");
    List<Object> before = withoutChunks(read(file));

    assertThatThrownBy(() -> archives().create(file, manifest(), false))
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure ->
                assertThat(failure.kind()).isEqualTo(PortFailure.Kind.INVALID_CONFIGURATION));
    try (Archives.Outgoing archive = archives().create(file, manifest(), true)) {
      archive.begin(new Section.Accounts());
      assertThat(withoutChunks(read(file))).isEqualTo(before);
      archive.finish();
    }

    assertThat(read(file)).containsExactly(new Section.Accounts());
  }

  private static List<Object> withoutChunks(List<Object> all) {
    return all.stream().filter(item -> !(item instanceof ArchiveLine.OfChunk)).toList();
  }
}
