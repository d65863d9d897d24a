package io.parley.application.transfer;

import io.parley.domain.account.User;
import io.parley.domain.bot.Bot;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Identity;
import io.parley.domain.transfer.Tenant;
import java.io.InputStream;
import java.util.List;

/** Is shown what an archive holds, in its order. */
interface ArchiveVisitor {

  /**
   * Tenants, users and identities come.
   *
   * @param lines shows each of them; to be run once
   */
  void accounts(Runnable lines);

  void tenant(Tenant tenant);

  void user(User user);

  void identity(Identity identity);

  void bot(Bot bot);

  /**
   * A document begins.
   *
   * @param versions in their order, at least one
   */
  void document(ArchivedSource source, List<ArchivedVersion> versions);

  /** The bytes of a version of the document; all versions' come before its texts. */
  void file(ArchivedVersion version, InputStream content);

  /** The document is whole, but for these. What is not read of them is skipped. */
  void texts(ArchivedTexts texts);

  /** The document was left out when the archive was written; what came of it counts for nothing. */
  void leftOut();

  /** A conversation. What is not read of its messages is skipped. */
  void conversation(Conversation conversation, ArchivedMessages messages);
}
