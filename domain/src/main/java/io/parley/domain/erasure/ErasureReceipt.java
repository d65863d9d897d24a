package io.parley.domain.erasure;

import io.parley.domain.bot.BotId;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.SourceId;
import io.parley.domain.retrieval.GenerationId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an erasure removed, where, and how that is known. It outlives what was erased and holds
 * nothing of it but ids and counts.
 *
 * @param bot absent for an account
 * @param source absent for a bot and an account
 * @param removedAt when everything had been removed and read back
 * @param revisitAt when everything is read back once more; nothing late can come after it
 * @param verifiedAt when that was done
 * @param waitingFor what the work waits for, or last failed with; a sentence
 * @param removals in their order: by visit, store, index
 */
public record ErasureReceipt(
    ErasureId id,
    Kind kind,
    @Nullable BotId bot,
    @Nullable SourceId source,
    State state,
    Instant startedAt,
    @Nullable Instant removedAt,
    @Nullable Instant revisitAt,
    @Nullable Instant verifiedAt,
    @Nullable String waitingFor,
    List<Removal> removals) {

  /** The visit that removes. */
  public static final int FIRST = 1;

  /** The visit that looks for what came late. */
  public static final int SECOND = 2;

  /** What was erased. */
  public enum Kind {
    DOCUMENT,
    BOT,
    ACCOUNT
  }

  /** How far it is. What is erased is invisible from the first state on. */
  public enum State {
    /** Invisible; not all of it is removed yet. */
    PENDING,
    /** Removed from every store, and read back. */
    REMOVED,
    /** Read back again after everything that was under way must have ended. */
    VERIFIED
  }

  /** How a removal is known. */
  public enum Evidence {
    /** Not known yet. */
    PENDING,
    /** The store was asked, and has nothing of it. */
    READ_BACK,
    /** The store, or the server that owns it, has durably accepted the removal. */
    ACCEPTED,
    /** An index whose server has been away for a day: it removes when, and if, it returns. */
    NOT_SEEN
  }

  /** A kind of store. */
  public enum Store {
    VECTORS,
    WORDS,
    /** Answers in conversations that cite what was erased: blanked. */
    ANSWERS,
    /** Answers kept for repeated requests. */
    REPEATED_ANSWERS,
    BLOBS,
    /** Versions, pages, chunks and embeddings in the database. */
    ROWS,
    /** The user with conversations, tokens and settings. */
    ACCOUNT
  }

  /**
   * Where something was removed.
   *
   * @param index which index, where there are several; absent for what is no index
   * @param generation absent where there are none
   */
  public record Place(Store store, @Nullable UUID index, @Nullable GenerationId generation) {

    public static Place of(Store store) {
      return new Place(store, null, null);
    }
  }

  /**
   * What is known of one place after one visit.
   *
   * @param count removed; for an index, the chunks that had been announced to it
   * @param position how far the index has durably read the log; absent for what is no index
   * @param at when it was known
   */
  public record Removal(
      int visit,
      Place place,
      long count,
      Evidence evidence,
      @Nullable Long position,
      @Nullable Instant at,
      Set<Retained> retained) {
    public Removal {
      retained = Set.copyOf(retained);
    }
  }

  public ErasureReceipt {
    removals = List.copyOf(removals);
  }
}
