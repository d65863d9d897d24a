package io.parley.domain.port.persistence;

import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedMessage;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Selection;
import io.parley.domain.transfer.Standing;
import io.parley.domain.transfer.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How rows leave a database for an archive, and come into another one. Maintenance side, across
 * tenants.
 */
public interface Transfer {

  /**
   * Reads everything as it stood at one moment, however long the work takes. It changes nothing,
   * and does not hold up those who do.
   */
  <T> T snapshot(Selection selection, Function<Snapshot, T> work);

  /**
   * What is selected, in portions. Each list is in the order of its ids' text form unless it says
   * otherwise, after the one given, at most {@code limit} long; an empty one is the end.
   */
  interface Snapshot {

    /** Those of the users selected. */
    List<Tenant> tenants(@Nullable TenantId after, int limit);

    List<User> users(@Nullable UserId after, int limit);

    /** In the order of issuer, subject and tenant, compared as bytes. */
    List<Identity> identities(@Nullable Identity after, int limit);

    List<Bot> bots(@Nullable BotId after, int limit);

    List<ArchivedSource> sources(@Nullable SourceId after, int limit);

    /**
     * A version, and where its bytes lie.
     *
     * @param blob the bytes may be gone: the blob store has no snapshots
     */
    record Stored(ArchivedVersion version, BlobKey blob) {}

    /** Versions of a source with a higher number, lowest first. */
    List<Stored> versions(SourceId source, int after, int limit);

    /** Pages with a higher number, lowest first. */
    List<PageText> pages(VersionRef ref, int after, int limit);

    /** Chunks with a higher ordinal, lowest first, with their embeddings under all models. */
    List<ArchivedChunk> chunks(VersionRef ref, int after, int limit);

    List<Conversation> conversations(@Nullable ConversationId after, int limit);

    /** Messages of a conversation in their order, without the first {@code skip}. */
    List<ArchivedMessage> messages(ConversationId conversation, int skip, int limit);
  }

  /**
   * {@code ERASED} while an erasure of the account is under way; what is left afterwards does not
   * tell whose it was. {@code FOREIGN} when the id is of another tenant here.
   */
  Standing of(User user);

  /** {@code FOREIGN} when it is another user's here. */
  Standing of(Identity identity);

  /** {@code FOREIGN} when it has another owner here. */
  Standing of(BotId bot, UserId owner);

  /** {@code FOREIGN} when it is another bot's here; {@code ERASED} also with its bot. */
  Standing of(SourceId source, BotId bot);

  /** Whether another living source of its bot has its slug here. */
  boolean isSlugTaken(ArchivedSource source);

  /** The first of these messages that is here already, in whichever conversation. */
  Optional<MessageId> firstThere(List<MessageId> messages);

  /** {@code FOREIGN} when it has another asker here. */
  Standing of(ConversationId conversation, UserId asker);

  /** What an access check must know of a bot; empty when it is not there or tombstoned. */
  Optional<BotGrant> grant(BotId bot);

  /** Adds a tenant; nothing happens when it is there. */
  void add(Tenant tenant);

  /** Adds a user with everything, the password's hash included; false when that cannot be. */
  boolean add(User user);

  /** Adds an identity; false when it is there, or its user is not. */
  boolean add(Identity identity);

  /**
   * Adds a bot as it is, but as an ordinary bot where its owner has a clone already; false when it
   * is there, was erased, or its owner is not there.
   */
  boolean add(Bot bot);

  /**
   * Adds a source of the scope's bot without versions; none of them serves. False when it is there
   * or was erased, its slug is taken, or the bot is gone. Adding and tombstoning the bot wait for
   * one another. Needs {@code WRITE}.
   */
  boolean add(BotScope scope, ArchivedSource source);

  /**
   * Adds a version of a source that was just added, {@code PENDING} at {@code STORED}; its bytes
   * lie under {@link BlobKey#of}. Needs {@code WRITE}.
   */
  void add(BotScope scope, ArchivedVersion version);

  /**
   * Ends a version with all of its chunks that serves no more: who cites it reads it, and no index
   * hears of it. Needs {@code WRITE}.
   */
  void complete(BotScope scope, VersionRef ref, @Nullable Instant processedAt);

  /**
   * Adds a conversation without its messages, whether its bot is there or not; false when it is
   * there, or its asker is not.
   */
  boolean add(Conversation conversation);
}
