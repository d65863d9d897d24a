package io.parley.testkit.memory;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.Message;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.ErasureRepository;
import io.parley.testkit.memory.InMemoryKnowledge.KeptErasure;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Erasures in memory. */
final class InMemoryErasureRepository implements ErasureRepository {

  private final InMemoryKnowledge knowledge;

  InMemoryErasureRepository(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public void start(BotScope scope, ErasureId id, @Nullable SourceId source, Instant now) {
    scope.require(Permission.WRITE);
    knowledge.database.run(() -> {
      boolean there =
          source == null
              ? knowledge
                  .database
                  .bots
                  .get(scope.bot())
                  .filter(kept -> kept.bot().tenant().equals(scope.tenant()))
                  .isPresent()
              : knowledge.source(scope, source).isPresent();
      if (!there) {
        throw new IllegalStateException("The scope's bot has no such source.");
      }
      knowledge.erasures.put(id, new KeptErasure(id, scope, source, false));
    });
  }

  @Override
  public void blankAnswersCiting(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    knowledge.database.run(() -> {
      if (knowledge.source(scope, source).isPresent()) {
        blank(Set.of(source));
      }
    });
  }

  @Override
  public void blankAnswersOfBot(BotScope scope) {
    scope.require(Permission.WRITE);
    knowledge.database.run(() ->
        blank(
            knowledge
                .sources
                .values()
                .filter(source -> source.isIn(scope))
                .map(KeptSource::id)
                .collect(Collectors.toSet())));
  }

  private void blank(Set<SourceId> sources) {
    knowledge
        .database
        .conversations
        .values()
        .toList()
        .forEach(conversation -> blank(conversation, sources));
  }

  private void blank(Conversation conversation, Set<SourceId> sources) {
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
  }

  private static boolean isAnswerCiting(Message message, Set<SourceId> sources) {
    return message.role() == Message.Role.ASSISTANT
        && message.citations().stream().anyMatch(c -> sources.contains(c.source()));
  }

  private static boolean isStartOf(String title, Message message) {
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
  public void complete(ErasureId id, BotScope scope, Map<String, Long> removed, Instant now) {
    scope.require(Permission.WRITE);
    knowledge.database.run(() ->
        knowledge
            .erasures
            .get(id)
            .filter(kept -> kept.scope().bot().equals(scope.bot()))
            .ifPresent(kept ->
                knowledge.erasures.put(
                    id, new KeptErasure(id, kept.scope(), kept.source(), true))));
  }
}
