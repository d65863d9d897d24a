package io.parley.application.transfer;

import io.parley.domain.bot.BotId;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.transfer.ArchiveItem;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Section;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Goes through an archive from its beginning to its end, and sees that its parts fit together. */
final class ArchiveWalk {

  /** They are held in memory while their document is read. */
  private static final int MOST_VERSIONS = 100_000;

  private static final int MOST_CHARACTERS = 50_000_000;

  private final ArchiveItems items;
  private final ArchiveVisitor visitor;
  private final Belongings belongings;

  ArchiveWalk(Archives.Incoming archive, ArchiveVisitor visitor) {
    this.items = new ArchiveItems(archive);
    this.visitor = visitor;
    this.belongings = new Belongings(archive.manifest().selection(), items::place);
  }

  /** Where the visitor is, for people. */
  String place() {
    return items.place();
  }

  double share() {
    return items.share();
  }

  /** Whether the archive brings this bot; known once its bots were shown. */
  boolean brings(BotId bot) {
    return belongings.has(bot);
  }

  void run() {
    while (items.peek() != null) {
      if (!(items.peek() instanceof ArchiveItem.Begin(Section section))) {
        throw items.unfit("it does not belong to the document before it");
      }
      items.take();
      switch (section) {
        case Section.Accounts _ -> visitor.accounts(this::lines);
        case Section.Bots _ -> lines();
        case Section.Document(SourceId source) -> document(source);
        case Section.Texts _ ->
            throw ArchiveDamage.at(items.place(), "the document before it is another one");
        case Section.Conversations _ -> conversations();
      }
    }
    belongings.end();
  }

  private void lines() {
    for (ArchiveLine line = items.peekLine(); line != null; line = items.peekLine()) {
      items.take();
      switch (line) {
        case ArchiveLine.OfTenant(var tenant) -> visitor.tenant(tenant);
        case ArchiveLine.OfUser(var user) -> {
          belongings.user(user);
          visitor.user(user);
        }
        case ArchiveLine.OfIdentity(var identity) -> {
          belongings.identity(identity);
          visitor.identity(identity);
        }
        case ArchiveLine.OfBot(var bot) -> {
          belongings.bot(bot);
          visitor.bot(bot);
        }
        case ArchiveLine.OfSource _,
            ArchiveLine.OfVersion _,
            ArchiveLine.OfPage _,
            ArchiveLine.OfChunk _,
            ArchiveLine.OfConversation _,
            ArchiveLine.OfMessage _ ->
            throw ArchiveDamage.at(items.place(), "a line of this type does not belong here");
      }
    }
  }

  private void document(SourceId id) {
    if (!(items.peekLine() instanceof ArchiveLine.OfSource(ArchivedSource source))) {
      throw items.unfit("a document begins with its source");
    }
    items.take();
    belongings.document(source);
    List<ArchivedVersion> versions = versions(source);
    visitor.document(source, versions);
    int files = files(versions);
    if (items.peek() instanceof ArchiveItem.Begin(Section.Texts(SourceId of)) && of.equals(id)) {
      if (files < versions.size()) {
        throw items.unfit("the original file of a version is missing");
      }
      items.take();
      ArchivedTexts texts = new ArchivedTexts(items, versions);
      visitor.texts(texts);
      texts.skip();
    } else {
      visitor.leftOut();
    }
  }

  private List<ArchivedVersion> versions(ArchivedSource source) {
    List<ArchivedVersion> versions = new ArrayList<>();
    int before = 0;
    long characters = 0;
    while (items.peekLine() instanceof ArchiveLine.OfVersion(ArchivedVersion version)) {
      if (version.ref().version() <= before || version.ref().version() > source.newestVersion()) {
        throw items.unfit("the version is not one that can come next");
      }
      characters += characters(version);
      if (versions.size() == MOST_VERSIONS || characters > MOST_CHARACTERS) {
        throw items.unfit(
            "a document has at most "
                + MOST_VERSIONS
                + " versions, with "
                + MOST_CHARACTERS
                + " characters in names, titles, metadata and messages");
      }
      before = version.ref().version();
      versions.add(version);
      items.take();
    }
    if (before != source.newestVersion() || !servesOneOf(source, versions)) {
      throw ArchiveDamage.at(
          items.place(), "the newest version, or the one that serves, is missing");
    }
    return versions;
  }

  private static long characters(ArchivedVersion version) {
    return (long) version.name().value().length()
        + version.metadata().values().toString().length()
        + (version.title() == null ? 0 : version.title().length())
        + (version.errorMessage() == null ? 0 : version.errorMessage().length());
  }

  private static boolean servesOneOf(ArchivedSource source, List<ArchivedVersion> versions) {
    return source.servingVersion() == null
        || versions.stream()
            .anyMatch(version -> source.serves(version.ref().version()) && version.hasText());
  }

  private int files(List<ArchivedVersion> versions) {
    int files = 0;
    while (items.peek() instanceof ArchiveItem.OriginalFile(VersionRef ref, InputStream content)) {
      if (files == versions.size() || !versions.get(files).ref().equals(ref)) {
        throw items.unfit("the file is not that of the next version");
      }
      visitor.file(versions.get(files), content);
      items.take();
      files++;
    }
    return files;
  }

  private void conversations() {
    while (items.peekLine() instanceof ArchiveLine.OfConversation(var conversation)) {
      items.take();
      belongings.conversation(conversation);
      ArchivedMessages messages = new ArchivedMessages(items, conversation.id());
      visitor.conversation(conversation, messages);
      messages.skip();
    }
    if (items.peekLine() != null) {
      throw items.unfit("a message stands behind its conversation");
    }
  }
}
