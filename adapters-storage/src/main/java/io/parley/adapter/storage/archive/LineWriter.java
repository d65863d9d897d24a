package io.parley.adapter.storage.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.parley.domain.account.User;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.conversation.CitationRef;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.Message;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.PageText;
import io.parley.domain.document.VersionRef;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedMessage;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Manifest;
import io.parley.domain.transfer.Selection;
import io.parley.domain.transfer.Tenant;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lines as JSON. What is absent is left out. */
final class LineWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private final JsonGenerator json;

  private LineWriter(JsonGenerator json) {
    this.json = json;
  }

  static void write(ArchiveLine line, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      new LineWriter(json).write(line);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  static void write(Manifest manifest, OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      new LineWriter(json).manifest(manifest);
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  private void manifest(Manifest manifest) throws IOException {
    text("format", LineReader.FORMAT);
    number("version", manifest.version());
    text("created_at", manifest.createdAt());
    switch (manifest.selection()) {
      case Selection.Everything _ -> text("of", "everything");
      case Selection.OneBot(var bot) -> {
        text("of", "bot");
        text("bot", bot);
      }
    }
    text("parley", manifest.madeBy());
  }

  private void write(ArchiveLine line) throws IOException {
    switch (line) {
      case ArchiveLine.OfTenant(Tenant tenant) -> tenant(tenant);
      case ArchiveLine.OfUser(User user) -> user(user);
      case ArchiveLine.OfIdentity(Identity identity) -> identity(identity);
      case ArchiveLine.OfBot(Bot bot) -> bot(bot);
      case ArchiveLine.OfSource(ArchivedSource source) -> source(source);
      case ArchiveLine.OfVersion(ArchivedVersion version) -> version(version);
      case ArchiveLine.OfPage(VersionRef ref, PageText page) -> page(ref, page);
      case ArchiveLine.OfChunk(ArchivedChunk chunk) -> chunk(chunk);
      case ArchiveLine.OfConversation(Conversation talk) -> conversation(talk);
      case ArchiveLine.OfMessage(ArchivedMessage said) -> message(said);
    }
  }

  private void tenant(Tenant tenant) throws IOException {
    text("type", "tenant");
    text("id", tenant.id());
    text("created_at", tenant.createdAt());
  }

  private void user(User user) throws IOException {
    text("type", "user");
    text("id", user.id());
    text("tenant_id", user.tenant());
    text("username", user.username());
    text("email", user.email());
    text("first_name", user.firstName());
    text("last_name", user.lastName());
    text("password_hash", user.passwordHash() == null ? null : user.passwordHash().encoded());
    number("password_version", user.passwordVersion());
    json.writeBooleanField("is_staff", user.staff());
    json.writeBooleanField("is_active", user.active());
    json.writeBooleanField("is_verified", user.verified());
    text("date_joined", user.dateJoined());
    text("last_login", user.lastLogin());
    text("subscription_status", user.subscriptionStatus());
    text("subscription_plan_id", user.subscriptionPlanId());
  }

  private void identity(Identity identity) throws IOException {
    text("type", "identity");
    text("issuer", identity.issuer());
    text("subject", identity.subject());
    text("tenant_id", identity.tenant());
    text("user_id", identity.user());
  }

  private void bot(Bot bot) throws IOException {
    BotProfile profile = bot.profile();
    text("type", "bot");
    text("id", bot.id());
    text("tenant_id", bot.tenant());
    text("owner_id", bot.owner());
    text("name", profile.name());
    text("description", profile.description());
    text("welcome_message", profile.welcomeMessage());
    text("model_type", profile.modelType());
    text("system_prompt", profile.systemPrompt());
    json.writeNumberField("temperature", profile.temperature());
    json.writeBooleanField("is_public", profile.isPublic());
    json.writeBooleanField("is_clone", bot.isClone());
    json.writeObjectFieldStart("configuration");
    name("agent", profile.configuration().agent());
    json.writeFieldName("tools");
    plain(profile.configuration().tools());
    number("top_k", profile.configuration().topK());
    json.writeEndObject();
    name("status", bot.status());
    text("created_at", bot.createdAt());
    text("updated_at", bot.updatedAt());
  }

  private void source(ArchivedSource source) throws IOException {
    text("type", "source");
    text("id", source.id());
    text("bot_id", source.bot());
    name("source_type", source.type());
    text("slug", source.slug());
    number("last_version", source.lastVersion());
    number("newest_version", source.newestVersion());
    number("serving_version", source.servingVersion());
    text("created_at", source.createdAt());
  }

  private void version(ArchivedVersion version) throws IOException {
    text("type", "version");
    number("version", version.ref().version());
    text("name", version.name());
    text("content_type", version.contentType().mediaType());
    json.writeNumberField("size", version.size());
    text("sha256", version.sha256());
    json.writeFieldName("metadata");
    plain(version.metadata().values());
    text("language", version.language());
    text("title", version.title());
    name("status", version.status());
    name("step", version.step());
    number("page_count", version.pageCount());
    number("chunk_count", version.chunkCount());
    text("error_message", version.errorMessage());
    text("uploaded_at", version.uploadedAt());
    text("processed_at", version.processedAt());
  }

  private void page(VersionRef ref, PageText page) throws IOException {
    text("type", "page");
    number("version", ref.version());
    number("number", page.number());
    text("label", page.label());
    text("text", page.text());
    json.writeArrayFieldStart("blocks");
    for (PageText.Block block : page.blocks()) {
      json.writeStartObject();
      name("kind", block.kind());
      number("start", block.span().start());
      number("end", block.span().end());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void chunk(ArchivedChunk archived) throws IOException {
    Chunk chunk = archived.chunk();
    text("type", "chunk");
    text("id", chunk.id());
    number("version", chunk.ref().version());
    number("ordinal", chunk.ordinal());
    number("page", chunk.page());
    number("start", chunk.span().start());
    number("end", chunk.span().end());
    text("context", chunk.context());
    text("content", chunk.content());
    json.writeArrayFieldStart("embeddings");
    List<Map.Entry<EmbeddingModel, float[]>> sorted =
        archived.embeddings().entrySet().stream()
            .sorted(Comparator.comparing(embedding -> embedding.getKey().toString()))
            .toList();
    for (Map.Entry<EmbeddingModel, float[]> embedding : sorted) {
      embedding(embedding.getKey(), embedding.getValue());
    }
    json.writeEndArray();
  }

  private void embedding(EmbeddingModel model, float[] vector) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    json.writeStartObject();
    text("provider", model.provider());
    text("name", model.name());
    number("dimension", model.dimension());
    text("vector", Base64.getEncoder().encodeToString(bytes.array()));
    json.writeEndObject();
  }

  private void conversation(Conversation conversation) throws IOException {
    text("type", "conversation");
    text("id", conversation.id());
    text("tenant_id", conversation.tenant());
    text("asker_id", conversation.asker());
    text("bot_id", conversation.bot());
    text("title", conversation.title());
    json.writeFieldName("metadata");
    plain(conversation.metadata().values());
    text("created_at", conversation.createdAt());
    text("updated_at", conversation.updatedAt());
  }

  private void message(ArchivedMessage archived) throws IOException {
    Message message = archived.message();
    text("type", "message");
    text("id", message.id());
    text("conversation_id", message.conversation());
    name("role", message.role());
    text("content", message.content());
    json.writeArrayFieldStart("citations");
    for (CitationRef citation : message.citations()) {
      citation(citation);
    }
    json.writeEndArray();
    json.writeBooleanField("blanked", message.blanked());
    if (message.usage() != null) {
      number("prompt_tokens", message.usage().promptTokens());
      number("completion_tokens", message.usage().completionTokens());
    }
    number("response_time_ms", message.responseTime());
    number("rating", message.rating());
    text("rating_comment", archived.ratingComment());
    text("created_at", message.createdAt());
  }

  private void citation(CitationRef citation) throws IOException {
    json.writeStartObject();
    number("index", citation.index());
    text("chunk_id", citation.chunk());
    text("document_id", citation.source());
    number("start", citation.quote().start());
    number("end", citation.quote().end());
    json.writeNumberField("score", citation.score());
    json.writeEndObject();
  }

  private void text(String field, @Nullable Object value) throws IOException {
    if (value != null) {
      json.writeStringField(field, value.toString());
    }
  }

  private void name(String field, Enum<?> value) throws IOException {
    json.writeStringField(field, value.name().toLowerCase(Locale.ROOT));
  }

  private void number(String field, @Nullable Integer value) throws IOException {
    if (value != null) {
      json.writeNumberField(field, value);
    }
  }

  /** Metadata keeps its nulls: they are said. */
  private void plain(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> member : map.entrySet()) {
          json.writeFieldName(String.valueOf(member.getKey()));
          plain(member.getValue());
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object item : list) {
          plain(item);
        }
        json.writeEndArray();
      }
      case Boolean truth -> json.writeBoolean(truth);
      case Integer number -> json.writeNumber(number);
      case Long number -> json.writeNumber(number);
      case BigInteger number -> json.writeNumber(number);
      case Double number -> json.writeNumber(number);
      case BigDecimal number -> json.writeNumber(number);
      default -> json.writeString(value.toString());
    }
  }
}
