package io.parley.domain.transfer;

import io.parley.domain.account.User;
import io.parley.domain.bot.Bot;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.PageText;
import io.parley.domain.document.VersionRef;

/** One line of a {@link Section}. */
public sealed interface ArchiveLine {

  record OfTenant(Tenant tenant) implements ArchiveLine {}

  record OfUser(User user) implements ArchiveLine {}

  record OfIdentity(Identity identity) implements ArchiveLine {}

  record OfBot(Bot bot) implements ArchiveLine {}

  record OfSource(ArchivedSource source) implements ArchiveLine {}

  record OfVersion(ArchivedVersion version) implements ArchiveLine {}

  record OfPage(VersionRef ref, PageText page) implements ArchiveLine {}

  record OfChunk(ArchivedChunk chunk) implements ArchiveLine {}

  record OfConversation(Conversation conversation) implements ArchiveLine {}

  record OfMessage(ArchivedMessage message) implements ArchiveLine {}
}
