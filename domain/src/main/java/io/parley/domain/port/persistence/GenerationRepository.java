package io.parley.domain.port.persistence;

import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.GenerationId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The generations: maintenance, the same for all tenants. Exactly one serves once there is one, and
 * at most one is being built. Changes of state wait for one another.
 */
public interface GenerationRepository {

  /** The serving generation, made by {@code make} exactly once when there is none. */
  Generation servingOrCreate(Supplier<Generation> make);

  /** All that are not removed, newest first. */
  List<Generation> all();

  /**
   * Puts another first generation in the place of the one that serves, as long as nothing was ever
   * indexed: the log is empty and there is no chunk. False, and nothing happens, afterwards, when
   * there are others, and while another server than this one lives.
   */
  boolean replaceUnused(Generation by, UUID server, Instant now);

  /** Adds a generation that is being built; false, and nothing happens, while another one is. */
  boolean build(Generation generation);

  /**
   * Goes on to build a retired one; false, and nothing happens, when it is none or while another
   * one is being built.
   */
  boolean resume(GenerationId id);

  /** Retires the one that is being built; false when that is another one, or none. */
  boolean retire(GenerationId id);

  /**
   * Makes the one that is being built serve, and retires the one that served, in one transaction.
   * False, and nothing happens, unless it is being built, and every server that lives ({@link
   * IndexFeed#GONE_AFTER}) has a follower of it that serves and has passed the position; one that
   * all servers share has it for all of them.
   */
  boolean serve(GenerationId id, long position, Instant now);

  /**
   * Removes a retired one, and its followers with it: nobody waits for it any more, and what
   * erasures still waited for there is taken for accepted. False, and nothing happens, when it is
   * not retired, or while a living follower of it serves: somebody may be searching in it.
   */
  boolean remove(GenerationId id, Instant now);

  /**
   * Takes the turn at computing the embeddings that a generation lacks, or keeps it.
   *
   * @param server the same across its restarts
   * @return false while another server's time has not run out, or when the generation is gone
   */
  boolean take(GenerationId id, UUID server, Duration leaseFor, Instant now);
}
