package io.parley.application.transfer;

import io.parley.application.digest.CheckedBytes;
import io.parley.domain.account.User;
import io.parley.domain.bot.Bot;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.Transfer.Snapshot;
import io.parley.domain.port.persistence.Transfer.Snapshot.Stored;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.port.storage.BlobInventory;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedMessage;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Section;
import io.parley.domain.transfer.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One archive while it is written, section by section, portion by portion. For one thread. */
final class WrittenArchive {
  private static final int ROWS = 200;

  /** Pages may be long, and chunks carry their embeddings. */
  private static final int TEXTS = 50;

  private static final int PAGES = 8;

  private final Snapshot snapshot;
  private final BlobInventory blobs;
  private final Archives.Outgoing archive;
  private final TransferProgress progress;
  private long accounts;
  private long bots;
  private long documents;
  private long leftOut;
  private long conversations;

  WrittenArchive(
      Snapshot snapshot,
      BlobInventory blobs,
      Archives.Outgoing archive,
      TransferProgress progress) {
    this.snapshot = snapshot;
    this.blobs = blobs;
    this.archive = archive;
    this.progress = progress;
  }

  ExportReport write() {
    accounts();
    bots();
    each(after -> snapshot.sources(after, ROWS), ArchivedSource::id, this::document);
    archive.begin(new Section.Conversations());
    each(after -> snapshot.conversations(after, ROWS), Conversation::id, this::conversation);
    progress.at("Finishing the archive");
    long bytes = archive.finish();
    return new ExportReport(accounts, bots, documents, leftOut, conversations, bytes);
  }

  /** Portion after portion, as long as there are some. */
  private static <T, K> void each(
      Function<@Nullable K, List<T>> portion, Function<T, K> key, Consumer<T> work) {
    K after = null;
    for (List<T> some = portion.apply(null); !some.isEmpty(); some = portion.apply(after)) {
      some.forEach(work);
      after = key.apply(some.getLast());
    }
  }

  private void accounts() {
    archive.begin(new Section.Accounts());
    each(
        after -> snapshot.tenants(after, ROWS),
        Tenant::id,
        tenant -> archive.add(new ArchiveLine.OfTenant(tenant)));
    each(after -> snapshot.users(after, ROWS), User::id, this::account);
    each(
        after -> snapshot.identities(after, ROWS),
        (Identity identity) -> identity,
        identity -> archive.add(new ArchiveLine.OfIdentity(identity)));
  }

  private void account(User user) {
    archive.add(new ArchiveLine.OfUser(user));
    accounts++;
    progress.at("Exporting accounts: " + accounts);
  }

  private void bots() {
    archive.begin(new Section.Bots());
    each(
        after -> snapshot.bots(after, ROWS),
        Bot::id,
        bot -> {
          archive.add(new ArchiveLine.OfBot(bot));
          bots++;
        });
  }

  /**
   * What an erasure takes away meanwhile is left out: its rows are seen here, its bytes are gone.
   */
  private void document(ArchivedSource source) {
    progress.at("Exporting documents: " + (documents + leftOut));
    archive.begin(new Section.Document(source.id()));
    archive.add(new ArchiveLine.OfSource(source));
    each(
        (@Nullable Integer after) -> versions(source.id(), after),
        (Stored stored) -> stored.version().ref().version(),
        stored -> archive.add(new ArchiveLine.OfVersion(stored.version())));
    if (!files(source.id())) {
      leftOut++;
      return;
    }
    archive.begin(new Section.Texts(source.id()));
    each(
        (@Nullable Integer after) -> versions(source.id(), after),
        (Stored stored) -> stored.version().ref().version(),
        stored -> text(stored.version()));
    documents++;
  }

  private List<Stored> versions(SourceId source, @Nullable Integer after) {
    return snapshot.versions(source, after == null ? 0 : after, ROWS);
  }

  private boolean files(SourceId source) {
    int after = 0;
    for (List<Stored> some = versions(source, after);
        !some.isEmpty();
        some = versions(source, after)) {
      for (Stored stored : some) {
        if (!file(stored)) {
          return false;
        }
      }
      after = some.getLast().version().ref().version();
    }
    return true;
  }

  private boolean file(Stored stored) {
    Optional<InputStream> found = blobs.read(stored.blob());
    if (found.isEmpty()) {
      return false;
    }
    ArchivedVersion version = stored.version();
    // One byte too many tells as much as all of them.
    try (CheckedBytes bytes = new CheckedBytes(found.get(), version.size() + 1)) {
      archive.add(version.ref(), bytes);
      return bytes.are(version.size(), version.sha256());
    } catch (UncheckedIOException | IOException e) {
      throw new PortFailure(
          PortFailure.Kind.UNAVAILABLE,
          "the blob store",
          "The file " + version.name() + " could not be read to its end. Try again.",
          e);
    }
  }

  private void text(ArchivedVersion version) {
    if (!version.hasText()) {
      return;
    }
    VersionRef ref = version.ref();
    each(
        (@Nullable Integer after) -> snapshot.pages(ref, after == null ? 0 : after, PAGES),
        PageText::number,
        page -> archive.add(new ArchiveLine.OfPage(ref, page)));
    each(
        (@Nullable Integer after) -> snapshot.chunks(ref, after == null ? -1 : after, TEXTS),
        (ArchivedChunk chunk) -> chunk.chunk().ordinal(),
        this::chunk);
  }

  private void chunk(ArchivedChunk chunk) {
    archive.add(new ArchiveLine.OfChunk(chunk));
    progress.at("Exporting documents: " + (documents + leftOut));
  }

  private void conversation(Conversation conversation) {
    archive.add(new ArchiveLine.OfConversation(conversation));
    int said = 0;
    for (List<ArchivedMessage> some = snapshot.messages(conversation.id(), said, TEXTS);
        !some.isEmpty();
        some = snapshot.messages(conversation.id(), said, TEXTS)) {
      some.forEach(message -> archive.add(new ArchiveLine.OfMessage(message)));
      said += some.size();
    }
    conversations++;
    progress.at("Exporting conversations: " + conversations);
  }
}
