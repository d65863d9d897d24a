package io.parley.testkit.memory;

import static io.parley.testkit.memory.InMemoryDatabase.kept;

import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.port.persistence.DocumentRepository.NewVersion;
import io.parley.domain.port.persistence.Transfer;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Selection;
import io.parley.domain.transfer.Standing;
import io.parley.domain.transfer.Tenant;
import io.parley.testkit.memory.InMemoryDatabase.KeptBot;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows in memory that leave for an archive, and come from one. */
final class InMemoryTransfer implements Transfer {

  private final InMemoryKnowledge knowledge;
  private final InMemoryDatabase database;

  InMemoryTransfer(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
    this.database = knowledge.database;
  }

  @Override
  public <T> T snapshot(Selection selection, Function<Snapshot, T> work) {
    Snapshot snapshot = database.inTransaction(() -> InMemorySnapshot.of(knowledge, selection));
    return work.apply(snapshot);
  }

  @Override
  public Standing of(User user) {
    return database.inTransaction(() -> {
      if (database.closed.get(user.id()).isPresent()) {
        return Standing.ERASED;
      }
      return database
          .users
          .get(user.id())
          .map(there -> there(there.tenant().equals(user.tenant())))
          .orElseGet(() -> ofNewcomer(user));
    });
  }

  private Standing ofNewcomer(User user) {
    if (user.passwordHash() == null) {
      return Standing.NEW;
    }
    if (isTaken(user.username(), User::username)) {
      return Standing.USERNAME_TAKEN;
    }
    return isTaken(user.email(), User::email) ? Standing.EMAIL_TAKEN : Standing.NEW;
  }

  private boolean isTaken(@Nullable String value, Function<User, @Nullable String> column) {
    return value != null
        && database
            .users
            .first(user -> user.passwordHash() != null && same(value, column.apply(user)))
            .isPresent();
  }

  private static boolean same(String value, @Nullable String other) {
    return other != null && value.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }

  private static Standing there(boolean same) {
    return same ? Standing.THERE : Standing.FOREIGN;
  }

  @Override
  public Standing of(Identity identity) {
    return database.inTransaction(() ->
        database
            .identities
            .get(key(identity))
            .map(there -> there(there.user().equals(identity.user())))
            .orElse(Standing.NEW));
  }

  private static String key(Identity identity) {
    return List.of(identity.issuer(), identity.subject(), identity.tenant()).toString();
  }

  @Override
  public Standing of(BotId bot, UserId owner) {
    return database.inTransaction(() -> {
      Optional<KeptBot> there = database.bots.get(bot);
      if (there.map(KeptBot::tombstoned).orElse(isErased(bot))) {
        return Standing.ERASED;
      }
      return there.map(kept -> there(kept.bot().owner().equals(owner))).orElse(Standing.NEW);
    });
  }

  private boolean isErased(BotId bot) {
    return knowledge
        .receipts
        .values()
        .map(InMemoryKnowledge.KeptReceipt::receipt)
        .anyMatch(
            receipt -> receipt.kind() == ErasureReceipt.Kind.BOT && bot.equals(receipt.bot()));
  }

  @Override
  public Standing of(SourceId source, BotId bot) {
    return database.inTransaction(() ->
        knowledge.isErased(source)
            ? Standing.ERASED
            : knowledge
                .sources
                .get(source)
                .map(there -> there(there.bot().equals(bot)))
                .orElse(Standing.NEW));
  }

  @Override
  public boolean isSlugTaken(ArchivedSource source) {
    String slug = source.slug();
    return database.inTransaction(() ->
        slug != null
            && knowledge
                .sources
                .values()
                .anyMatch(there ->
                    !there.id().equals(source.id())
                        && !there.tombstoned()
                        && there.bot().equals(source.bot())
                        && slug.equals(there.slug())));
  }

  @Override
  public Optional<MessageId> firstThere(List<MessageId> messages) {
    return database.inTransaction(() -> {
      Set<MessageId> there =
          database
              .messages
              .values()
              .flatMap(List::stream)
              .map(Message::id)
              .collect(Collectors.toSet());
      return messages.stream().filter(there::contains).findFirst();
    });
  }

  @Override
  public Standing of(ConversationId conversation, UserId asker) {
    return database.inTransaction(() ->
        database
            .conversations
            .get(conversation)
            .map(there -> there(there.asker().equals(asker)))
            .orElse(Standing.NEW));
  }

  @Override
  public Optional<BotGrant> grant(BotId id) {
    return database.inTransaction(() ->
        database
            .bots
            .get(id)
            .filter(kept -> !kept.tombstoned())
            .map(KeptBot::bot)
            .map(bot ->
                new BotGrant(bot.id(), bot.tenant(), bot.owner(), bot.profile().isPublic())));
  }

  @Override
  public void add(Tenant tenant) {
    database.run(() -> {
      if (database.tenants.get(tenant.id()).isEmpty()) {
        database.tenants.put(tenant.id(), new Tenant(tenant.id(), kept(tenant.createdAt())));
      }
    });
  }

  @Override
  public boolean add(User user) {
    return database.inTransaction(() -> {
      boolean isNew = of(user) == Standing.NEW && database.tenants.get(user.tenant()).isPresent();
      if (isNew) {
        database.users.put(user.id(), user);
      }
      return isNew;
    });
  }

  @Override
  public boolean add(Identity identity) {
    return database.inTransaction(() -> {
      boolean isNew =
          of(identity) == Standing.NEW
              && living(identity.user())
                  .filter(user -> user.tenant().equals(identity.tenant()))
                  .isPresent();
      if (isNew) {
        database.identities.put(key(identity), identity);
      }
      return isNew;
    });
  }

  private Optional<User> living(UserId id) {
    return database.closed.get(id).isPresent() ? Optional.empty() : database.users.get(id);
  }

  @Override
  public boolean add(Bot bot) {
    return database.inTransaction(() -> {
      boolean isNew =
          of(bot.id(), bot.owner()) == Standing.NEW
              && living(bot.owner())
                  .filter(owner -> owner.tenant().equals(bot.tenant()))
                  .isPresent();
      if (isNew) {
        database.bots.put(bot.id(), new KeptBot(bot.isClone() ? clone(bot) : bot, false));
      }
      return isNew;
    });
  }

  private Bot clone(Bot bot) {
    boolean first =
        database
            .bots
            .values()
            .noneMatch(kept ->
                !kept.tombstoned()
                    && kept.bot().isClone()
                    && kept.bot().owner().equals(bot.owner()));
    return new Bot(
        bot.id(),
        bot.tenant(),
        bot.owner(),
        bot.profile(),
        bot.status(),
        first,
        bot.createdAt(),
        bot.updatedAt());
  }

  @Override
  public boolean add(BotScope scope, ArchivedSource source) {
    scope.require(Permission.WRITE);
    return database.inTransaction(() -> {
      boolean isNew =
          knowledge.isLive(scope)
              && of(source.id(), scope.bot()) == Standing.NEW
              && !isSlugTaken(source);
      if (isNew) {
        knowledge.sources.put(source.id(), KeptSource.of(source, scope));
      }
      return isNew;
    });
  }

  @Override
  public void add(BotScope scope, ArchivedVersion version) {
    scope.require(Permission.WRITE);
    NewVersion content =
        new NewVersion(
            version.name(),
            version.contentType(),
            version.size(),
            version.sha256(),
            version.metadata(),
            version.uploadedAt());
    database.run(() ->
        knowledge
            .source(scope, version.ref().source())
            .ifPresent(_ ->
                knowledge.versions.put(
                    version.ref(), KeptVersion.stored(version.ref(), scope, content))));
  }

  @Override
  public void complete(BotScope scope, VersionRef ref, @Nullable Instant processedAt) {
    scope.require(Permission.WRITE);
    database.run(() ->
        knowledge
            .atWork(scope, ref)
            .filter(version -> version.progress().step() == Step.SPLIT)
            .ifPresent(version ->
                knowledge.versions.put(
                    ref, version.ended(DocumentStatus.COMPLETE, null, processedAt))));
  }

  @Override
  public boolean add(Conversation conversation) {
    return database.inTransaction(() -> {
      boolean isNew =
          of(conversation.id(), conversation.asker()) == Standing.NEW
              && living(conversation.asker())
                  .filter(asker -> asker.tenant().equals(conversation.tenant()))
                  .isPresent();
      if (isNew) {
        database.conversations.put(conversation.id(), empty(conversation));
      }
      return isNew;
    });
  }

  private static Conversation empty(Conversation c) {
    return new Conversation(
        c.id(),
        c.tenant(),
        c.asker(),
        c.bot(),
        c.title(),
        c.metadata(),
        0,
        kept(c.createdAt()),
        kept(c.updatedAt()));
  }
}
