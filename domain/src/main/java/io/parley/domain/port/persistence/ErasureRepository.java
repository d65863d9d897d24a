package io.parley.domain.port.persistence;

import io.parley.domain.access.BotScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Erasures and what is known of them. Every method needs {@code WRITE}. */
public interface ErasureRepository {

  /** Starts an erasure of a source, or of the whole bot. */
  void start(BotScope scope, ErasureId id, @Nullable SourceId source, Instant now);

  /**
   * Blanks the content of every answer that cites the source, in whosever conversation, and removes
   * its citations of that source. A title that begins the answer becomes {@code Conversation}; one
   * made from the question stays.
   */
  void blankAnswersCiting(BotScope scope, SourceId source);

  /** The same for the answers that cite any source of the bot, all at once. */
  void blankAnswersOfBot(BotScope scope);

  /** Sources of the bot that still have rows, at most {@code limit}. */
  List<SourceId> sourcesWithRows(BotScope scope, int limit);

  /** Where all versions of a source have their bytes, tombstoned ones too. */
  List<BlobKey> blobsOf(BotScope scope, SourceId source);

  /** Ends an erasure with what was removed from where. Ending it again keeps the first count. */
  void complete(ErasureId id, BotScope scope, Map<String, Long> removed, Instant now);
}
