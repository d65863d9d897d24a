package io.parley.testkit.memory;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.Message;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.ErasureRepository;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is removed of a source or a bot, in memory. */
final class InMemoryErasureRepository implements ErasureRepository {

  private final InMemoryKnowledge knowledge;

  InMemoryErasureRepository(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public int blankAnswersCiting(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(
        () -> knowledge.source(scope, source).isPresent() ? blank(Set.of(source)) : 0);
  }

  @Override
  public int blankAnswersOfBot(BotScope scope) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() ->
        blank(
            knowledge
                .sources
                .values()
                .filter(source -> source.isIn(scope))
                .map(KeptSource::id)
                .collect(Collectors.toSet())));
  }

  private int blank(Set<SourceId> sources) {
    return knowledge.database.conversations.values().toList().stream()
        .mapToInt(conversation -> blank(conversation, sources))
        .sum();
  }

  private int blank(Conversation conversation, Set<SourceId> sources) {
    List<Message> said = knowledge.database.messages.get(conversation.id()).orElse(List.of());
    boolean fromAnswer =
        said.stream()
            .anyMatch(m -> isAnswerCiting(m, sources) && isStartOf(conversation.title(), m));
    if (fromAnswer) {
      knowledge.database.conversations.put(conversation.id(), untitled(conversation));
    }
    if (said.stream().anyMatch(m -> isAnswerCiting(m, sources))) {
      knowledge.database.messages.put(
          conversation.id(),
          said.stream().map(m -> isAnswerCiting(m, sources) ? m.without(sources) : m).toList());
    }
    return (int) said.stream().filter(m -> isAnswerCiting(m, sources)).count();
  }

  private static boolean isAnswerCiting(Message message, Set<SourceId> sources) {
    return message.role() == Message.Role.ASSISTANT
        && message.citations().stream().anyMatch(c -> sources.contains(c.source()));
  }

  static boolean isStartOf(String title, Message message) {
    String start = title.replaceAll("[ .…]+$", "");
    return !start.isEmpty() && message.content().startsWith(start);
  }

  private static Conversation untitled(Conversation c) {
    return new Conversation(
        c.id(),
        c.tenant(),
        c.asker(),
        c.bot(),
        "Conversation",
        c.metadata(),
        c.messageCount(),
        c.createdAt(),
        c.updatedAt());
  }

  @Override
  public List<SourceId> sourcesWithRows(BotScope scope, int limit) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() ->
        knowledge
            .versions
            .values()
            .map(version -> version.ref().source())
            .distinct()
            .filter(source -> knowledge.source(scope, source).isPresent())
            .sorted(Comparator.comparing(SourceId::toString))
            .limit(limit)
            .toList());
  }

  @Override
  public List<BlobKey> blobsOf(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() ->
        knowledge
            .versions
            .values()
            .filter(version -> version.ref().source().equals(source))
            .filter(version -> knowledge.source(scope, source).isPresent())
            .map(KeptVersion::blob)
            .sorted(
                Comparator.comparing(BlobKey::ref, Comparator.comparingInt(VersionRef::version)))
            .toList());
  }

  @Override
  public int emptyRepeats(BotScope scope, @Nullable SourceId source) {
    scope.require(Permission.WRITE);
    String told = source == null ? scope.bot().toString() : source.toString();
    return knowledge.database.inTransaction(
        () -> InMemoryIdempotencyRepository.empty(knowledge.database, scope.tenant(), told));
  }

  @Override
  public Inventory inventory(BotScope scope, @Nullable SourceId source) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() -> {
      List<KeptVersion> versions =
          knowledge
              .versions
              .values()
              .filter(version -> source == null || version.ref().source().equals(source))
              .filter(version -> knowledge.source(scope, version.ref().source()).isPresent())
              .toList();
      long announced =
          versions.stream()
              .filter(version -> version.logPosition() != null)
              .mapToLong(version -> knowledge.chunksOf(version.ref()).size())
              .sum();
      return new Inventory(
          announced,
          versions.size() + versions.stream().mapToLong(v -> knowledge.rowsOf(v.ref())).sum());
    });
  }

  @Override
  public List<SourceId> tombstones(BotScope scope, @Nullable SourceId after, int limit) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() ->
        knowledge
            .sources
            .values()
            .filter(source -> source.isIn(scope) && !knowledge.isVisible(source))
            .map(KeptSource::id)
            .sorted(Comparator.comparing(SourceId::toString))
            .filter(id -> after == null || id.toString().compareTo(after.toString()) > 0)
            .limit(limit)
            .toList());
  }

  @Override
  public void removeTombstones(BotScope scope, @Nullable SourceId source) {
    scope.require(Permission.WRITE);
    knowledge.database.run(() -> {
      knowledge.sources.removeIf(kept ->
          kept.isIn(scope)
              && (source == null || kept.id().equals(source))
              && kept.tombstoned()
              && !hasVersions(kept.id()));
      if (source == null
          && knowledge.sources.values().noneMatch(kept -> kept.bot().equals(scope.bot()))) {
        knowledge.database.bots.removeIf(kept ->
            kept.tombstoned()
                && kept.bot().id().equals(scope.bot())
                && kept.bot().tenant().equals(scope.tenant()));
      }
    });
  }

  private boolean hasVersions(SourceId source) {
    return knowledge.versions.values().anyMatch(v -> v.ref().source().equals(source));
  }
}
