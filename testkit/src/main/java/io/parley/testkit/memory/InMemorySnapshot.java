package io.parley.testkit.memory;

import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.Transfer.Snapshot;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedMessage;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Selection;
import io.parley.domain.transfer.Tenant;
import io.parley.testkit.memory.InMemoryDatabase.KeptBot;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A copy of what is selected, as it stood when it was made. */
record InMemorySnapshot(
    List<Tenant> allTenants,
    List<User> allUsers,
    List<Identity> allIdentities,
    List<Bot> allBots,
    List<ArchivedSource> allSources,
    Map<SourceId, List<Stored>> allVersions,
    Map<VersionRef, List<PageText>> allPages,
    Map<VersionRef, List<ArchivedChunk>> allChunks,
    List<Conversation> allConversations,
    Map<ConversationId, List<ArchivedMessage>> allMessages)
    implements Snapshot {

  private static final Comparator<Identity> BY_ISSUER =
      Comparator.comparing(Identity::issuer)
          .thenComparing(Identity::subject)
          .thenComparing(identity -> identity.tenant().toString());

  /** To be made inside a transaction. */
  static InMemorySnapshot of(InMemoryKnowledge knowledge, Selection selection) {
    InMemoryDatabase database = knowledge.database;
    List<Bot> bots = bots(database, selection);
    Predicate<UserId> isSelected = users(database, selection, bots);
    List<User> users =
        sorted(database.users.values().filter(user -> isSelected.test(user.id())), User::id);
    List<ArchivedSource> sources = sources(knowledge, bots);
    List<Conversation> conversations = conversations(database, selection, isSelected);
    return new InMemorySnapshot(
        sorted(
            database
                .tenants
                .values()
                .filter(t -> users.stream().anyMatch(user -> user.tenant().equals(t.id()))),
            Tenant::id),
        users,
        database
            .identities
            .values()
            .filter(identity -> isSelected.test(identity.user()))
            .sorted(BY_ISSUER)
            .toList(),
        bots,
        sources,
        sources.stream()
            .collect(Collectors.toMap(ArchivedSource::id, s -> versions(knowledge, s.id()))),
        byVersion(knowledge, ref -> pages(knowledge, ref)),
        byVersion(knowledge, ref -> chunks(knowledge, ref)),
        conversations,
        conversations.stream()
            .collect(Collectors.toMap(Conversation::id, c -> messages(database, c.id()))));
  }

  private static List<Bot> bots(InMemoryDatabase database, Selection selection) {
    Stream<Bot> living =
        database
            .bots
            .values()
            .filter(kept -> !kept.tombstoned())
            .map(KeptBot::bot)
            .filter(bot -> database.closed.get(bot.owner()).isEmpty());
    return switch (selection) {
      case Selection.Everything _ -> sorted(living, Bot::id);
      case Selection.OneBot(BotId id) -> living.filter(bot -> bot.id().equals(id)).toList();
    };
  }

  private static Predicate<UserId> users(
      InMemoryDatabase database, Selection selection, List<Bot> bots) {
    return switch (selection) {
      case Selection.Everything _ -> id -> database.closed.get(id).isEmpty();
      case Selection.OneBot _ -> id -> bots.stream().anyMatch(bot -> bot.owner().equals(id));
    };
  }

  private static List<ArchivedSource> sources(InMemoryKnowledge knowledge, List<Bot> bots) {
    return sorted(
        knowledge
            .sources
            .values()
            .filter(knowledge::isVisible)
            .filter(source -> bots.stream().anyMatch(bot -> bot.id().equals(source.bot())))
            .map(KeptSource::archived),
        ArchivedSource::id);
  }

  private static List<Conversation> conversations(
      InMemoryDatabase database, Selection selection, Predicate<UserId> isSelected) {
    return sorted(
        database
            .conversations
            .values()
            .filter(conversation -> isSelected.test(conversation.asker()))
            .filter(conversation ->
                switch (selection) {
                  case Selection.Everything _ -> true;
                  case Selection.OneBot(BotId id) -> conversation.bot().equals(id);
                }),
        Conversation::id);
  }

  private static <T> Map<VersionRef, List<T>> byVersion(
      InMemoryKnowledge knowledge, Function<VersionRef, List<T>> rows) {
    return knowledge
        .versions
        .values()
        .map(KeptVersion::ref)
        .collect(Collectors.toMap(Function.identity(), rows));
  }

  private static List<Stored> versions(InMemoryKnowledge knowledge, SourceId source) {
    return knowledge
        .versions
        .values()
        .filter(version -> version.ref().source().equals(source))
        .sorted(Comparator.comparingInt(version -> version.ref().version()))
        .map(version -> new Stored(version.archived(), version.blob()))
        .toList();
  }

  private static List<PageText> pages(InMemoryKnowledge knowledge, VersionRef ref) {
    return IntStream.rangeClosed(1, knowledge.pageCounts.get(ref).orElse(0))
        .mapToObj(number -> knowledge.pages.get(new InMemoryKnowledge.Page(ref, number)))
        .flatMap(page -> page.stream())
        .toList();
  }

  private static List<ArchivedChunk> chunks(InMemoryKnowledge knowledge, VersionRef ref) {
    return knowledge.chunksOf(ref).stream()
        .map(chunk -> new ArchivedChunk(chunk, embeddings(knowledge, chunk)))
        .toList();
  }

  private static Map<EmbeddingModel, float[]> embeddings(InMemoryKnowledge knowledge, Chunk chunk) {
    Map<EmbeddingModel, float[]> embeddings = new HashMap<>();
    knowledge
        .embeddings
        .values()
        .filter(embedding -> embedding.chunk().equals(chunk.id()))
        .forEach(embedding -> embeddings.put(embedding.model(), embedding.vector().clone()));
    return embeddings;
  }

  private static List<ArchivedMessage> messages(InMemoryDatabase database, ConversationId id) {
    List<Message> said = database.messages.get(id).orElse(List.of());
    return said.stream()
        .map(message ->
            new ArchivedMessage(message, database.ratingComments.get(message.id()).orElse(null)))
        .toList();
  }

  private static <T> List<T> sorted(Stream<T> all, Function<T, Object> id) {
    return all.sorted(Comparator.comparing(each -> id.apply(each).toString())).toList();
  }

  private static <T> List<T> portion(
      List<T> sorted, @Nullable Object after, int limit, Function<T, Object> id) {
    return sorted.stream()
        .filter(each -> after == null || id.apply(each).toString().compareTo(after.toString()) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Tenant> tenants(@Nullable TenantId after, int limit) {
    return portion(allTenants, after, limit, Tenant::id);
  }

  @Override
  public List<User> users(@Nullable UserId after, int limit) {
    return portion(allUsers, after, limit, User::id);
  }

  @Override
  public List<Identity> identities(@Nullable Identity after, int limit) {
    return allIdentities.stream()
        .filter(identity -> after == null || BY_ISSUER.compare(identity, after) > 0)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Bot> bots(@Nullable BotId after, int limit) {
    return portion(allBots, after, limit, Bot::id);
  }

  @Override
  public List<ArchivedSource> sources(@Nullable SourceId after, int limit) {
    return portion(allSources, after, limit, ArchivedSource::id);
  }

  @Override
  public List<Stored> versions(SourceId source, int after, int limit) {
    return allVersions.getOrDefault(source, List.of()).stream()
        .filter(stored -> stored.version().ref().version() > after)
        .limit(limit)
        .toList();
  }

  @Override
  public List<PageText> pages(VersionRef ref, int after, int limit) {
    return allPages.getOrDefault(ref, List.of()).stream()
        .filter(page -> page.number() > after)
        .limit(limit)
        .toList();
  }

  @Override
  public List<ArchivedChunk> chunks(VersionRef ref, int after, int limit) {
    return allChunks.getOrDefault(ref, List.of()).stream()
        .filter(chunk -> chunk.chunk().ordinal() > after)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Conversation> conversations(@Nullable ConversationId after, int limit) {
    return portion(allConversations, after, limit, Conversation::id);
  }

  @Override
  public List<ArchivedMessage> messages(ConversationId conversation, int skip, int limit) {
    return allMessages.getOrDefault(conversation, List.of()).stream()
        .skip(skip)
        .limit(limit)
        .toList();
  }
}
