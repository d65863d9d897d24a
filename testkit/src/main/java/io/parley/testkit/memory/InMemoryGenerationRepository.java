package io.parley.testkit.memory;

import io.parley.domain.port.persistence.GenerationRepository;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.retrieval.Generation;
import io.parley.domain.retrieval.Generation.State;
import io.parley.domain.retrieval.GenerationId;
import io.parley.testkit.memory.InMemoryKnowledge.Followed;
import io.parley.testkit.memory.InMemoryKnowledge.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The generations in memory. */
final class InMemoryGenerationRepository implements GenerationRepository {

  private final InMemoryKnowledge knowledge;

  InMemoryGenerationRepository(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  private Optional<Generation> in(State state) {
    return knowledge.generations.first(kept -> kept.state() == state);
  }

  @Override
  public Generation servingOrCreate(Supplier<Generation> make) {
    return knowledge.database.inTransaction(() ->
        in(State.SERVING)
            .orElseGet(() -> {
              Generation made = make.get();
              requireState(made, State.SERVING);
              return put(made);
            }));
  }

  private static void requireState(Generation made, State state) {
    if (made.state() != state) {
      throw new IllegalArgumentException("It must be " + state + ".");
    }
  }

  private Generation put(Generation generation) {
    knowledge.generations.put(generation.id(), generation);
    return generation;
  }

  @Override
  public List<Generation> all() {
    return knowledge.database.inTransaction(() ->
        knowledge
            .generations
            .values()
            .sorted(Comparator.comparing(Generation::createdAt).reversed())
            .toList());
  }

  @Override
  public boolean replaceUnused(Generation by, UUID server, Instant now) {
    requireState(by, State.SERVING);
    return knowledge.database.inTransaction(() -> {
      boolean unused = knowledge.head() == 0 && knowledge.chunks.values().findAny().isEmpty();
      boolean alone = knowledge.generations.values().count() == 1;
      boolean others =
          alive(now)
              .map(kept -> kept.follower().server())
              .anyMatch(other -> other != null && !other.equals(server));
      if (!unused || !alone || others) {
        return false;
      }
      in(State.SERVING).ifPresent(this::forget);
      knowledge.followers.removeIf(kept -> {
        UUID of = kept.follower().server();
        return of == null || of.equals(server);
      });
      put(by);
      return true;
    });
  }

  private void forget(Generation generation) {
    knowledge.generations.remove(generation.id());
    knowledge.followers.removeIf(kept -> generation.id().equals(kept.follower().generation()));
  }

  private Stream<Followed> alive(Instant now) {
    return knowledge
        .followers
        .values()
        .filter(kept -> !kept.seenAt().isBefore(now.minus(IndexFeed.GONE_AFTER)));
  }

  @Override
  public boolean build(Generation generation) {
    requireState(generation, State.BUILDING);
    return knowledge.database.inTransaction(() -> {
      boolean free = in(State.BUILDING).isEmpty();
      if (free) {
        put(generation);
      }
      return free;
    });
  }

  @Override
  public boolean resume(GenerationId id) {
    return knowledge.database.inTransaction(
        () -> in(State.BUILDING).isEmpty() && change(id, State.RETIRED, State.BUILDING));
  }

  @Override
  public boolean retire(GenerationId id) {
    return knowledge.database.inTransaction(() -> change(id, State.BUILDING, State.RETIRED));
  }

  private boolean change(GenerationId id, State from, State to) {
    Optional<Generation> kept = knowledge.generations.get(id).filter(g -> g.state() == from);
    kept.ifPresent(generation -> put(generation.in(to)));
    return kept.isPresent();
  }

  @Override
  public boolean serve(GenerationId id, long position, Instant now) {
    return knowledge.database.inTransaction(() -> {
      Optional<Generation> built = in(State.BUILDING).filter(g -> g.id().equals(id));
      if (built.isEmpty() || !isEverywhere(id, position, now)) {
        return false;
      }
      in(State.SERVING).ifPresent(served -> put(served.in(State.RETIRED)));
      put(built.get().in(State.SERVING));
      return true;
    });
  }

  private boolean isEverywhere(GenerationId id, long position, Instant now) {
    List<Followed> ready =
        alive(now)
            .filter(kept -> id.equals(kept.follower().generation()) && kept.follower().serving())
            .filter(kept -> kept.position().position() >= position)
            .toList();
    boolean shared = ready.stream().anyMatch(kept -> kept.follower().server() == null);
    return !ready.isEmpty()
        && alive(now)
            .map(kept -> kept.follower().server())
            .filter(Objects::nonNull)
            .allMatch(server ->
                shared || ready.stream().anyMatch(kept -> server.equals(kept.follower().server())));
  }

  @Override
  public boolean remove(GenerationId id, Instant now) {
    return knowledge.database.inTransaction(() -> {
      Optional<Generation> retired =
          knowledge.generations.get(id).filter(g -> g.state() == State.RETIRED);
      boolean used =
          alive(now)
              .anyMatch(
                  kept -> id.equals(kept.follower().generation()) && kept.follower().serving());
      if (retired.isEmpty() || used) {
        return false;
      }
      new AcceptedRemovals(knowledge).of(id, now);
      forget(retired.get());
      return true;
    });
  }

  @Override
  public boolean take(GenerationId id, UUID server, Duration leaseFor, Instant now) {
    return knowledge.database.inTransaction(() -> {
      Optional<Turn> other =
          knowledge
              .fillTurns
              .get(id)
              .filter(turn -> !turn.holder().equals(server) && turn.until().isAfter(now));
      if (other.isPresent() || knowledge.generations.get(id).isEmpty()) {
        return false;
      }
      knowledge.fillTurns.put(id, new Turn(server, now.plus(leaseFor)));
      return true;
    });
  }
}
