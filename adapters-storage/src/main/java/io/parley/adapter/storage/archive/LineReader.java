package io.parley.adapter.storage.archive;

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
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.Step;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.EmbeddingModel;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Lines from JSON. Values hold what the rest of the program counts on, or there is an {@link
 * IllegalArgumentException} with what is wrong.
 */
final class LineReader {
  static final String FORMAT = "parley-export";

  private static final int LONGEST_NAME = 50;
  private static final int LONGEST_EMAIL = 255;
  private static final int LONGEST_TITLE = 1_000;
  private static final int LONGEST_ERROR = 10_000;

  private static final Set<String> ACCOUNT_LINES = Set.of("tenant", "user", "identity");
  private static final Set<String> DOCUMENT_LINES = Set.of("source", "version");
  private static final Set<String> TEXT_LINES = Set.of("page", "chunk");
  private static final Set<String> TALK_LINES = Set.of("conversation", "message");

  private LineReader() {}

  static Manifest manifest(Fields line) {
    Selection selection =
        switch (line.text("of")) {
          case "everything" -> new Selection.Everything();
          case "bot" -> new Selection.OneBot(new BotId(line.id("bot")));
          default -> throw new IllegalArgumentException("\"of\" has a value that is not known");
        };
    return new Manifest(
        line.integer("version"), line.time("created_at"), selection, line.text("parley"));
  }

  static ArchiveLine line(Fields line, Section section) {
    String type = line.text("type");
    Set<String> expected =
        switch (section) {
          case Section.Accounts _ -> ACCOUNT_LINES;
          case Section.Bots _ -> Set.of("bot");
          case Section.Document _ -> DOCUMENT_LINES;
          case Section.Texts _ -> TEXT_LINES;
          case Section.Conversations _ -> TALK_LINES;
        };
    if (!expected.contains(type)) {
      throw new IllegalArgumentException("a line of this type does not belong here");
    }
    return switch (type) {
      case "tenant" -> new ArchiveLine.OfTenant(tenant(line));
      case "user" -> new ArchiveLine.OfUser(user(line));
      case "identity" -> new ArchiveLine.OfIdentity(identity(line));
      case "bot" -> new ArchiveLine.OfBot(bot(line));
      case "source" -> new ArchiveLine.OfSource(source(line, section));
      case "version" -> new ArchiveLine.OfVersion(version(line, section));
      case "page" -> new ArchiveLine.OfPage(ref(line, section), page(line));
      case "chunk" -> new ArchiveLine.OfChunk(chunk(line, section));
      case "conversation" -> new ArchiveLine.OfConversation(conversation(line));
      default -> new ArchiveLine.OfMessage(message(line));
    };
  }

  private static Tenant tenant(Fields line) {
    return new Tenant(new TenantId(line.id("id")), line.time("created_at"));
  }

  private static User user(Fields line) {
    String hash = line.textIfAny("password_hash");
    return new User(
        new UserId(line.id("id")),
        new TenantId(line.id("tenant_id")),
        line.textIfAny("username", LONGEST_NAME),
        line.textIfAny("email", LONGEST_EMAIL),
        line.textIfAny("first_name", LONGEST_NAME),
        line.textIfAny("last_name", LONGEST_NAME),
        hash == null ? null : new PasswordHash(hash),
        line.integer("password_version"),
        line.truth("is_staff"),
        line.truth("is_active"),
        line.truth("is_verified"),
        line.time("date_joined"),
        line.timeIfAny("last_login"),
        line.text("subscription_status"),
        line.idIfAny("subscription_plan_id"));
  }

  private static Identity identity(Fields line) {
    return new Identity(
        line.text("issuer"),
        line.text("subject"),
        new TenantId(line.id("tenant_id")),
        new UserId(line.id("user_id")));
  }

  private static Bot bot(Fields line) {
    Fields configuration = line.object("configuration");
    BotProfile profile =
        new BotProfile(
            line.text("name"),
            line.textIfAny("description"),
            line.text("welcome_message"),
            line.textIfAny("model_type"),
            line.textIfAny("system_prompt"),
            line.decimal("temperature"),
            line.truth("is_public"),
            new BotConfiguration(
                configuration.constant("agent", BotConfiguration.Agent.class),
                configuration.texts("tools"),
                configuration.integerIfAny("top_k")));
    return new Bot(
        new BotId(line.id("id")),
        new TenantId(line.id("tenant_id")),
        new UserId(line.id("owner_id")),
        profile,
        line.constant("status", BotStatus.class),
        line.truth("is_clone"),
        line.time("created_at"),
        line.time("updated_at"));
  }

  private static SourceId sourceOf(Section section) {
    return switch (section) {
      case Section.Document(SourceId source) -> source;
      case Section.Texts(SourceId source) -> source;
      case Section.Accounts _, Section.Bots _, Section.Conversations _ ->
          throw new IllegalArgumentException("a line of this type does not belong here");
    };
  }

  private static VersionRef ref(Fields line, Section section) {
    return new VersionRef(sourceOf(section), line.integer("version"));
  }

  private static ArchivedSource source(Fields line, Section section) {
    SourceId id = new SourceId(line.id("id"));
    if (!id.equals(sourceOf(section))) {
      throw new IllegalArgumentException("\"id\" is not the one of this entry");
    }
    return new ArchivedSource(
        id,
        new BotId(line.id("bot_id")),
        line.constant("source_type", SourceType.class),
        line.textIfAny("slug"),
        line.integer("last_version"),
        line.integer("newest_version"),
        line.integerIfAny("serving_version"),
        line.time("created_at"));
  }

  private static ArchivedVersion version(Fields line, Section section) {
    return new ArchivedVersion(
        ref(line, section),
        new DocumentName(line.text("name")),
        ContentType.ofMediaType(line.text("content_type"))
            .orElseThrow(() ->
                new IllegalArgumentException("\"content_type\" is not one that Parley reads")),
        line.number("size"),
        line.text("sha256"),
        line.metadata("metadata"),
        line.textIfAny("language"),
        line.textIfAny("title", LONGEST_TITLE),
        line.constant("status", DocumentStatus.class),
        line.constant("step", Step.class),
        line.integerIfAny("page_count"),
        line.integer("chunk_count"),
        line.textIfAny("error_message", LONGEST_ERROR),
        line.time("uploaded_at"),
        line.timeIfAny("processed_at"));
  }

  private static TextSpan span(Fields line) {
    return new TextSpan(line.integer("start"), line.integer("end"));
  }

  private static PageText page(Fields line) {
    PageText page =
        new PageText(
            line.integer("number"),
            line.textIfAny("label"),
            line.text("text"),
            line.objects("blocks").stream()
                .map(block ->
                    new PageText.Block(
                        block.constant("kind", PageText.Block.Kind.class), span(block)))
                .toList());
    if (page.blocks().stream().anyMatch(block -> block.span().end() > page.text().length())) {
      throw new IllegalArgumentException("a block ends behind its page");
    }
    return page;
  }

  private static ArchivedChunk chunk(Fields line, Section section) {
    int ordinal = line.integer("ordinal");
    Chunk chunk =
        new Chunk(
            new ChunkId(line.id("id")),
            ref(line, section),
            ordinal,
            line.integer("page"),
            span(line),
            line.textIfAny("context"),
            line.text("content"));
    Map<EmbeddingModel, float[]> embeddings = new HashMap<>();
    for (Fields embedding : line.objects("embeddings")) {
      EmbeddingModel model =
          new EmbeddingModel(
              embedding.text("provider"), embedding.text("name"), embedding.integer("dimension"));
      embeddings.put(model, vector(embedding.text("vector")));
    }
    return new ArchivedChunk(chunk, embeddings);
  }

  private static float[] vector(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException("\"vector\" holds no floats");
    }
    float[] vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return vector;
  }

  private static Conversation conversation(Fields line) {
    String title = line.text("title");
    if (title.isEmpty() || title.length() > Conversation.MAX_TITLE) {
      throw new IllegalArgumentException("\"title\" must have 1 to 200 characters");
    }
    return new Conversation(
        new ConversationId(line.id("id")),
        new TenantId(line.id("tenant_id")),
        new UserId(line.id("asker_id")),
        new BotId(line.id("bot_id")),
        title,
        line.metadata("metadata"),
        0,
        line.time("created_at"),
        line.time("updated_at"));
  }

  private static ArchivedMessage message(Fields line) {
    Integer prompt = line.integerIfAny("prompt_tokens");
    Integer completion = line.integerIfAny("completion_tokens");
    Message message =
        new Message(
            new MessageId(line.id("id")),
            new ConversationId(line.id("conversation_id")),
            line.constant("role", Message.Role.class),
            line.text("content"),
            line.objects("citations").stream().map(LineReader::citation).toList(),
            line.truth("blanked"),
            line.time("created_at"),
            prompt == null || completion == null ? null : new TokenUsage(prompt, completion),
            line.integerIfAny("response_time_ms"),
            line.integerIfAny("rating"));
    return new ArchivedMessage(message, line.textIfAny("rating_comment"));
  }

  private static CitationRef citation(Fields line) {
    return new CitationRef(
        line.integer("index"),
        new ChunkId(line.id("chunk_id")),
        new SourceId(line.id("document_id")),
        span(line),
        line.decimal("score"));
  }
}
