package io.parley.application.transfer;

import io.parley.application.background.WorkSignal;
import io.parley.application.document.JobScheduler;
import io.parley.application.transfer.ArrivingDocument.Outcome;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.UserScope;
import io.parley.domain.account.User;
import io.parley.domain.bot.Bot;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.Message;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.persistence.Transfer;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.transfer.ArchivedMessage;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Tenant;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One archive, checked before, on its way in. For one thread. */
final class ArrivingArchive implements ArchiveVisitor {
  private final Persistence persistence;
  private final Transfer transfer;
  private final BlobStore blobs;
  private final NewOwner owner;
  private final JobScheduler jobs;
  private final WorkSignal signal;
  private final InstantSource clock;
  private final TransferProgress progress;
  private final ArchiveWalk walk;
  private final ArrivingAccounts accounts;
  private @Nullable ArrivingDocument document;
  private long bots;
  private long botsThere;
  private long documents;
  private long documentsThere;
  private long documentsErased;
  private long documentsLeftOut;
  private long conversations;
  private long conversationsThere;
  private long indexing;

  ArrivingArchive(
      Archives.Incoming archive,
      Persistence persistence,
      BlobStore blobs,
      NewOwner owner,
      JobScheduler jobs,
      WorkSignal signal,
      InstantSource clock,
      TransferProgress progress) {
    this.persistence = persistence;
    this.transfer = persistence.transfer();
    this.blobs = blobs;
    this.owner = owner;
    this.jobs = jobs;
    this.signal = signal;
    this.clock = clock;
    this.progress = progress;
    this.walk = new ArchiveWalk(archive, this);
    this.accounts = new ArrivingAccounts(persistence, archive.manifest().selection());
  }

  ImportReport bringIn() {
    walk.run();
    return new ImportReport(
        accounts.count(),
        accounts.there(),
        bots,
        botsThere,
        documents,
        documentsThere,
        documentsErased,
        documentsLeftOut,
        conversations,
        conversationsThere,
        indexing);
  }

  private void tell(String what, long count) {
    long percent = Math.round(walk.share() * 100);
    progress.at("Importing " + what + ": " + count + " (" + percent + " %)");
  }

  @Override
  public void accounts(Runnable lines) {
    accounts.add(lines);
  }

  @Override
  public void tenant(Tenant tenant) {
    if (owner.bringsAccounts()) {
      accounts.add(tenant);
    }
  }

  @Override
  public void user(User user) {
    if (owner.bringsAccounts()) {
      accounts.add(user);
      tell("accounts", accounts.count() + accounts.there());
    }
  }

  @Override
  public void identity(Identity identity) {
    if (owner.bringsAccounts()) {
      accounts.add(identity);
    }
  }

  @Override
  public void bot(Bot bot) {
    if (transfer.add(owner.given(bot))) {
      bots++;
    } else {
      botsThere++;
    }
    tell("bots", bots + botsThere);
  }

  @Override
  public void document(ArchivedSource source, List<ArchivedVersion> versions) {
    tell("documents", documents + documentsThere + documentsErased);
    document =
        switch (transfer.of(source.id(), source.bot())) {
          case NEW ->
              transfer
                  .grant(source.bot())
                  .map(grant -> ArrivingDocument.of(persistence, blobs, grant, source, versions))
                  .orElse(null);
          case THERE, ERASED, FOREIGN, USERNAME_TAKEN, EMAIL_TAKEN -> null;
        };
    if (document == null) {
      count(source);
    }
  }

  /** Why it does not come in. A bot that is not here was erased here, or did not come in either. */
  private void count(ArchivedSource source) {
    switch (transfer.of(source.id(), source.bot())) {
      case THERE, FOREIGN, USERNAME_TAKEN, EMAIL_TAKEN -> documentsThere++;
      case NEW, ERASED -> documentsErased++;
    }
  }

  @Override
  public void file(ArchivedVersion version, InputStream content) {
    if (document != null) {
      tell("documents", documents + documentsThere + documentsErased);
      document.file(version, content);
    }
  }

  @Override
  public void texts(ArchivedTexts texts) {
    ArrivingDocument arriving = document;
    if (arriving == null) {
      return;
    }
    switch (arriving.add(texts, jobs, clock.instant(), () -> tell("documents", documents))) {
      case Outcome.Added(long work) -> {
        documents++;
        indexing += work > 0 ? 1 : 0;
        signal.raise();
      }
      case Outcome.There _ -> documentsThere++;
      case Outcome.Erased _ -> documentsErased++;
    }
    document = null;
  }

  @Override
  public void leftOut() {
    if (document != null) {
      document.forget();
      documentsLeftOut++;
      document = null;
    }
  }

  @Override
  public void conversation(Conversation archived, ArchivedMessages messages) {
    Conversation conversation = owner.given(archived);
    tell("conversations", conversations + conversationsThere);
    FirstAttempt first = new FirstAttempt();
    boolean isNew =
        persistence
            .transactions()
            .inTransaction(() -> {
              first.require();
              return add(conversation, messages);
            });
    if (isNew) {
      conversations++;
    } else {
      conversationsThere++;
    }
  }

  private boolean add(Conversation conversation, ArchivedMessages messages) {
    if (!transfer.add(conversation)) {
      return false;
    }
    UserScope asker =
        Access.own(Actor.Person.of(conversation.tenant(), conversation.asker(), false));
    for (List<ArchivedMessage> some = messages.next(); !some.isEmpty(); some = messages.next()) {
      List<Message> said = some.stream().map(ArchivedMessage::message).toList();
      requireNew(said);
      persistence.conversations().add(asker, conversation.id(), said, conversation.updatedAt());
      some.forEach(message -> rate(asker, message));
    }
    return true;
  }

  /** What was here before was refused before: this one is in the archive twice. */
  private void requireNew(List<Message> said) {
    transfer
        .firstThere(said.stream().map(Message::id).toList())
        .ifPresent(id -> {
          throw ArchiveDamage.at(walk.place(), "the message " + id + " is there twice");
        });
  }

  private void rate(UserScope asker, ArchivedMessage said) {
    Integer rating = said.message().rating();
    if (rating != null && said.ratingComment() != null) {
      persistence.conversations().rate(asker, said.message().id(), rating, said.ratingComment());
    }
  }
}
