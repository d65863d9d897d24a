package io.parley.application.transfer;

import io.parley.application.digest.CheckedBytes;
import io.parley.domain.account.User;
import io.parley.domain.bot.Bot;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.port.persistence.Transfer;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.transfer.ArchivedMessage;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Standing;
import io.parley.domain.transfer.Tenant;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an archive from its beginning to its end before anything of it is brought in. */
final class ArchiveCheck implements ArchiveVisitor {
  private static final int BUFFER = 64 * 1024;

  private final Transfer transfer;
  private final NewOwner owner;
  private final TransferProgress progress;
  private final ArchiveWalk walk;
  private @Nullable String wrongFile;

  ArchiveCheck(
      Archives.Incoming archive, Transfer transfer, NewOwner owner, TransferProgress progress) {
    this.transfer = transfer;
    this.owner = owner;
    this.progress = progress;
    this.walk = new ArchiveWalk(archive, this);
  }

  /** What is there stands in the way. */
  static final class Conflict extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Conflict(String sentence) {
      super(sentence);
    }

    String sentence() {
      return String.valueOf(getMessage());
    }
  }

  /**
   * Reads it.
   *
   * @throws Conflict with a sentence, when it cannot come in as it is
   */
  void run() {
    walk.run();
  }

  private void tell() {
    progress.at("Checking the archive: " + Math.round(walk.share() * 100) + " %");
  }

  private Conflict conflict(String what) {
    return new Conflict(
        "The archive cannot be imported, and nothing was: at " + walk.place() + " " + what);
  }

  @Override
  public void accounts(Runnable lines) {
    lines.run();
  }

  @Override
  public void tenant(Tenant tenant) {
    tell();
  }

  @Override
  public void user(User user) {
    tell();
    if (!owner.bringsAccounts()) {
      return;
    }
    switch (transfer.of(user)) {
      case USERNAME_TAKEN ->
          throw conflict(
              "stands the user name \""
                  + user.username()
                  + "\", which another account has here."
                  + " Rename one of them, or import the bot alone with --owner.");
      case EMAIL_TAKEN ->
          throw conflict(
              "stands the e-mail address \""
                  + user.email()
                  + "\", which another account has here."
                  + " Change one of them, or import the bot alone with --owner.");
      case FOREIGN -> throw conflict("stands an account that belongs to another tenant here.");
      case NEW, THERE, ERASED -> {}
    }
  }

  @Override
  public void identity(Identity identity) {
    if (owner.bringsAccounts() && transfer.of(identity) == Standing.FOREIGN) {
      throw conflict("stands an outside identity that is another account's here.");
    }
  }

  @Override
  public void bot(Bot bot) {
    if (transfer.of(bot.id(), owner.of(bot)) == Standing.FOREIGN) {
      throw conflict("stands the bot " + bot.id() + ", which belongs to another account here.");
    }
  }

  @Override
  public void document(ArchivedSource source, List<ArchivedVersion> versions) {
    tell();
    wrongFile = null;
    Standing standing = transfer.of(source.id(), source.bot());
    if (standing == Standing.FOREIGN) {
      throw conflict("stands the document " + source.id() + ", which belongs to another bot here.");
    }
    if (standing == Standing.NEW && transfer.isSlugTaken(source)) {
      throw conflict(
          "stands the chapter \""
              + source.slug()
              + "\", a name that another one of its bot has here.");
    }
  }

  /**
   * One that is not what it should be does no harm to a document that was left out; an export
   * writes no more than one byte too many of it, so that what is larger need not be unpacked.
   */
  @Override
  public void file(ArchivedVersion version, InputStream content) {
    CheckedBytes bytes = new CheckedBytes(content, version.size() + 2);
    byte[] buffer = new byte[BUFFER];
    try {
      while (bytes.read(buffer, 0, buffer.length) >= 0) {
        tell();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String place = "files/" + version.ref().source() + "/" + version.ref().version();
    if (bytes.size() > version.size() + 1) {
      throw ArchiveDamage.at(place, "the file is larger than its document says");
    }
    if (!bytes.are(version.size(), version.sha256())) {
      wrongFile = place;
    }
  }

  @Override
  public void texts(ArchivedTexts texts) {
    if (wrongFile != null) {
      throw ArchiveDamage.at(wrongFile, "the file is not the one that its document names");
    }
    while (texts.next().isPresent()) {
      tell();
    }
  }

  @Override
  public void leftOut() {
    wrongFile = null;
  }

  @Override
  public void conversation(Conversation conversation, ArchivedMessages messages) {
    tell();
    Standing standing = transfer.of(conversation.id(), owner.of(conversation));
    if (standing == Standing.FOREIGN) {
      throw conflict(
          "stands the conversation "
              + conversation.id()
              + ", which belongs to another account here.");
    }
    if (!walk.brings(conversation.bot()) && transfer.grant(conversation.bot()).isPresent()) {
      throw conflict(
          "stands a conversation with the bot "
              + conversation.bot()
              + ", which is here and not in the archive.");
    }
    if (standing == Standing.NEW) {
      requireNew(messages);
    }
  }

  private void requireNew(ArchivedMessages messages) {
    for (List<ArchivedMessage> some = messages.next(); !some.isEmpty(); some = messages.next()) {
      List<MessageId> ids = some.stream().map(said -> said.message().id()).toList();
      transfer
          .firstThere(ids)
          .ifPresent(id -> {
            throw conflict("or before it stands the message " + id + ", which is here already.");
          });
    }
  }
}
