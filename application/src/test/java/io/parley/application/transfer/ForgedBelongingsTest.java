package io.parley.application.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotId;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Message;
import io.parley.domain.conversation.MessageId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.SourceType;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.ArchivedMessage;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.Section;
import io.parley.domain.transfer.Selection;
import io.parley.domain.transfer.Standing;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Archives that name what is not theirs, or is here already. */
class ForgedBelongingsTest extends ForgedArchives {

  @Test
  void whatIsOfABotThatTheArchiveDoesNotBringIsRefused() {
    forged(
        new Selection.Everything(),
        archive -> {
          archive.begin(new Section.Document(SOURCE));
          archive.add(source(1));
          archive.add(version(REF, 1));
        });
    refuses("the document is of a bot that is not in the archive");
    forged(
        new Selection.Everything(),
        archive -> {
          archive.begin(new Section.Conversations());
          archive.add(conversation(bot(), to.user.user()));
        });
    assertThat(to.imports(null))
        .isInstanceOfSatisfying(
            ImportKnowledge.Result.Refused.class,
            refused -> assertThat(refused.sentence()).contains("here and not in the archive"));
  }

  private ArchiveLine conversation(BotId bot, UserId asker) {
    return new ArchiveLine.OfConversation(
        new Conversation(
            new ConversationId(new UUID(1, 7)),
            to.user.tenant(),
            asker,
            bot,
            "Talk",
            Metadata.EMPTY,
            0,
            Instant.EPOCH,
            Instant.EPOCH));
  }

  @Test
  void aMessageThatIsHereAlreadyIsRefusedBeforeAnythingIsWritten() {
    ArchiveLine taken = message(new UUID(2, 1), new UUID(3, 1));
    talks(conversation(new UUID(2, 1)), taken);
    assertThat(to.imports(null)).isInstanceOf(ImportKnowledge.Result.Imported.class);
    talks(conversation(new UUID(2, 2)), message(new UUID(2, 2), new UUID(3, 1)));

    assertThat(to.imports(null))
        .isInstanceOfSatisfying(
            ImportKnowledge.Result.Refused.class,
            refused -> assertThat(refused.sentence()).contains("which is here already"));
    assertThat(to.all(new Selection.Everything()))
        .noneMatch(line -> line.contains("-000000000002"));

    talks(conversation(new UUID(2, 1)), taken);
    assertThat(to.imports(null))
        .isInstanceOfSatisfying(
            ImportKnowledge.Result.Imported.class,
            imported -> assertThat(imported.report().conversationsThere()).isEqualTo(1));
  }

  @Test
  void aMessageThatIsThereTwiceIsRefused() {
    talks(
        conversation(new UUID(2, 1)),
        message(new UUID(2, 1), new UUID(3, 1)),
        message(new UUID(2, 1), new UUID(3, 1)));
    refuses("the message is there twice");
    talks(
        conversation(new UUID(2, 1)),
        message(new UUID(2, 1), new UUID(3, 1)),
        conversation(new UUID(2, 2)),
        message(new UUID(2, 2), new UUID(3, 1)));
    refuses("is there twice");
  }

  private void talks(ArchiveLine... lines) {
    forged(archive -> {
      archive.begin(new Section.Conversations());
      List.of(lines).forEach(archive::add);
    });
  }

  private ArchiveLine conversation(UUID id) {
    return new ArchiveLine.OfConversation(
        new Conversation(
            new ConversationId(id),
            to.user.tenant(),
            to.user.user(),
            bot(),
            "Talk",
            Metadata.EMPTY,
            0,
            Instant.EPOCH,
            Instant.EPOCH));
  }

  private static ArchiveLine message(UUID conversation, UUID id) {
    return new ArchiveLine.OfMessage(
        new ArchivedMessage(
            new Message(
                new MessageId(id),
                new ConversationId(conversation),
                Message.Role.USER,
                "When?",
                List.of(),
                false,
                Instant.EPOCH,
                null,
                null,
                null),
            null));
  }

  @Test
  void aSlugThatIsTakenIsRefusedAndNeverTakenForErased() {
    ArchivedSource there = chapter(new UUID(5, 5));
    assertThat(to.bench.database.transfer().add(to.bench.scope, there)).isTrue();
    chapters(SOURCE);

    assertThat(to.imports(null))
        .isInstanceOfSatisfying(
            ImportKnowledge.Result.Refused.class,
            refused -> assertThat(refused.sentence()).contains("the chapter \"one\""));
    assertThat(to.bench.blobs.size()).isZero();
  }

  private ArchivedSource chapter(UUID id) {
    return new ArchivedSource(
        new SourceId(id), bot(), SourceType.CHAPTER, "one", 1, 1, 1, Instant.EPOCH);
  }

  @Test
  void twoChaptersOfOneSlugAreDamage() {
    SourceId other = new SourceId(new UUID(1, 2));
    chapters(SOURCE, other);

    assertThatThrownBy(() -> to.imports(null))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("its bot has another chapter \"one\"");
    assertThat(to.bench.database.transfer().of(SOURCE, bot())).isEqualTo(Standing.THERE);
    assertThat(to.bench.database.transfer().of(other, bot())).isEqualTo(Standing.NEW);
  }

  private void chapters(SourceId... ids) {
    forged(archive -> {
      for (SourceId id : ids) {
        VersionRef ref = new VersionRef(id, 1);
        archive.begin(new Section.Document(id));
        archive.add(new ArchiveLine.OfSource(chapter(id.value())));
        archive.add(version(ref, 0));
        archive.add(ref, bytes(TEXT));
        archive.begin(new Section.Texts(id));
        archive.add(new ArchiveLine.OfPage(ref, PageText.plain(1, TEXT)));
      }
    });
  }

  @Test
  void theArchiveOfABotHoldsThatBotItsOwnerAndNothingElse() {
    BotId other = to.bench.newBot(to.bench.person, "Other", false).bot();
    UserId nobody = new UserId(new UUID(1, 8));
    bots(new BotId(new UUID(1, 9)), ours());
    refuses("the archive is of another bot");
    bots(bot());
    refuses("the bot is missing");
    bots(bot(), ours(), ours());
    refuses("the bot is there twice");
    ofOurs(archive -> {
      archive.begin(new Section.Document(SOURCE));
      archive.add(source(1, other));
    });
    refuses("the document is of a bot that is not in the archive");
    for (ArchiveLine talk :
        List.of(conversation(other, to.user.user()), conversation(bot(), nobody))) {
      ofOurs(archive -> {
        archive.begin(new Section.Conversations());
        archive.add(talk);
      });
      refuses("the conversation is not of the bot's owner with the bot");
    }
    forged(
        new Selection.OneBot(bot()),
        archive -> {
          archive.begin(new Section.Bots());
          archive.add(new ArchiveLine.OfBot(ours()));
        });
    refuses("the account of the bot's owner is missing");
  }

  private void bots(BotId named, Bot... bots) {
    forged(
        new Selection.OneBot(named),
        archive -> {
          archive.begin(new Section.Accounts());
          archive.add(owner());
          archive.begin(new Section.Bots());
          List.of(bots).forEach(bot -> archive.add(new ArchiveLine.OfBot(bot)));
        });
  }

  private void ofOurs(Consumer<Archives.Outgoing> content) {
    forged(
        new Selection.OneBot(bot()),
        archive -> {
          archive.begin(new Section.Accounts());
          archive.add(owner());
          archive.begin(new Section.Bots());
          archive.add(new ArchiveLine.OfBot(ours()));
          content.accept(archive);
        });
  }

  private ArchiveLine owner() {
    return new ArchiveLine.OfUser(to.bench.database.users().find(to.user).orElseThrow());
  }
}
