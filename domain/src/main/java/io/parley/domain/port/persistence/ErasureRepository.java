package io.parley.domain.port.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is removed of a source or of a whole bot. Every method needs {@code WRITE}. */
public interface ErasureRepository {

  /**
   * What there is in the database of a source or a bot.
   *
   * @param chunks that were announced to the indexes
   * @param rows versions, pages, chunks and embeddings
   */
  record Inventory(long chunks, long rows) {}

  /**
   * Blanks the content of every answer that cites the source, in whosever conversation, and removes
   * its citations of that source. A title that begins the answer becomes {@code Conversation}; one
   * made from the question stays.
   *
   * @return how many answers
   */
  int blankAnswersCiting(BotScope scope, SourceId source);

  /** The same for the answers that cite any source of the bot, all at once. */
  int blankAnswersOfBot(BotScope scope);

  /**
   * Empties what is kept for repeated requests where it tells of the source, or of the bot when
   * there is none given: its name, its metadata. The key stays used.
   *
   * @return how many
   */
  int emptyRepeats(BotScope scope, @Nullable SourceId source);

  /** What is there of a source, or of the whole bot. */
  Inventory inventory(BotScope scope, @Nullable SourceId source);

  /** The bot's tombstoned sources after the given one, by id, with rows or not. */
  List<SourceId> tombstones(BotScope scope, @Nullable SourceId after, int limit);

  /** Sources of the bot that still have rows, at most {@code limit}. */
  List<SourceId> sourcesWithRows(BotScope scope, int limit);

  /** Where all versions of a source have their bytes, tombstoned ones too. */
  List<BlobKey> blobsOf(BotScope scope, SourceId source);

  /**
   * Removes the tombstone of a source that has no rows any more, or of a tombstoned bot and all its
   * sources, with the work that ended. What cites them stays blank.
   */
  void removeTombstones(BotScope scope, @Nullable SourceId source);
}
