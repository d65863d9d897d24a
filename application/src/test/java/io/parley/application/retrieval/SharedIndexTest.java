package io.parley.application.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogEntry;
import io.parley.domain.retrieval.LogPosition;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.persistence.BotKnowledge;
import io.parley.testkit.vectorstore.InMemoryVectorStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Several servers and one index. */
class SharedIndexTest {
  private static final IndexFeed.Follower FOLLOWER =
      new IndexFeed.Follower(new UUID(7, 7), "vectors", true);

  private final InMemoryPersistence database = new InMemoryPersistence();
  private final BotKnowledge bot = BotKnowledge.in(database);
  private final VectorStore store = InMemoryVectorStore.sharedByServers(3);
  private final Queue<ChunkId> added = new ConcurrentLinkedQueue<>();
  private volatile Runnable beforeApply = () -> {};
  private volatile Instant now = BotKnowledge.NOW;

  private FollowLog<IndexedVector> server(int number) {
    return new FollowLog<>(
        database.indexFeed(),
        watched(),
        new FollowerDuty(FOLLOWER),
        (ref, after, limit) -> database.indexFeed().vectors(ref, BotKnowledge.MODEL, after, limit),
        IndexedVector::id,
        new UUID(5, number),
        () -> now,
        FollowLog.SIGN_OF_LIFE);
  }

  /** The store, with what is added to it written down. */
  private VectorStore watched() {
    return (VectorStore)
        Proxy.newProxyInstance(
            VectorStore.class.getClassLoader(),
            new Class<?>[] {VectorStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("apply")) {
                beforeApply.run();
                ((List<?>) arguments[0]).forEach(this::note);
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void note(Object change) {
    if (change instanceof IndexChange.Add<?>(List<?> chunks)) {
      chunks.forEach(chunk -> added.add(((IndexedVector) chunk).id()));
    }
  }

  private LogEntry addDocument() {
    VersionRef ref = bot.add(UUID.randomUUID() + ".txt").ref();
    return bot.embed(ref, "one", "two", "three");
  }

  private static void readAll(FollowLog<?> server) {
    while (server.advance()) {
      // There is more.
    }
  }

  @Test
  void serversAtWorkTogetherIndexEachChunkOnce() throws InterruptedException {
    List<FollowLog<IndexedVector>> servers = List.of(server(1), server(2), server(3));
    List<Thread> threads =
        servers.stream()
            .map(server ->
                Thread.startVirtualThread(() -> {
                  while (database.indexFeed().positionOf(FOLLOWER.id()).position() < 20) {
                    server.advance();
                  }
                }))
            .toList();
    for (int i = 0; i < 20; i++) {
      addDocument();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(store.count()).isEqualTo(60);
    assertThat(added).hasSize(60).doesNotHaveDuplicates();
    assertThat(servers).filteredOn(FollowLog::isOurs).hasSize(1);
  }

  @Test
  void aServerThatWasKilledIsFollowedWhenItsLeaseEnds() {
    addDocument();
    readAll(server(1));
    LogEntry late = addDocument();
    FollowLog<IndexedVector> second = server(2);

    readAll(second);
    assertThat(store.count()).isEqualTo(3);
    now = now.plus(SharedTurn.LEASE);
    readAll(second);

    assertThat(store.count()).isEqualTo(6);
    assertThat(added).doesNotHaveDuplicates();
    assertThat(database.indexFeed().positionOf(FOLLOWER.id())).isEqualTo(late.at());
  }

  @Test
  void aServerThatEndsIsFollowedAtOnce() {
    FollowLog<IndexedVector> first = server(1);
    readAll(first);
    first.release();
    addDocument();

    readAll(server(2));

    assertThat(store.count()).isEqualTo(3);
  }

  @Test
  void aServerThatLostItsTurnReportsNothingAndComesBackToWhereTheOtherIs() {
    addDocument();
    FollowLog<IndexedVector> slow = server(1);
    FollowLog<IndexedVector> other = server(2);
    beforeApply =
        () -> {
          beforeApply = () -> {};
          now = now.plus(SharedTurn.LEASE);
          addDocument();
          readAll(other);
        };

    assertThatExceptionOfType(PortFailure.class).isThrownBy(slow::advance);

    assertThat(database.indexFeed().positionOf(FOLLOWER.id()).position()).isEqualTo(2);
    readAll(slow);
    assertThat(slow.isOurs()).isFalse();
    assertThat(slow.position().position()).isEqualTo(2);
    assertThat(store.count()).isEqualTo(6);
  }

  @Test
  void whoLooksOnAnswersWhenTheIndexIsWhole() {
    addDocument();
    FollowLog<IndexedVector> first = server(1);
    FollowLog<IndexedVector> second = server(2);
    database.indexFeed().take(FOLLOWER, new UUID(5, 1), SharedTurn.LEASE, now);

    second.advance();
    assertThatExceptionOfType(PortFailure.class).isThrownBy(second::requireWhole);
    readAll(first);
    second.advance();
    assertThatNoException().isThrownBy(second::requireWhole);

    store.startOver();
    first.advance();
    assertThat(first.position().position()).isEqualTo(1);
    assertThat(store.count()).isEqualTo(3);
    assertThatNoException().isThrownBy(second::requireWhole);
  }

  @Test
  void whoLooksOnRefusesWhileTheIndexIsBuiltAgain() {
    addDocument();
    FollowLog<IndexedVector> second = server(2);
    readAll(server(1));
    second.advance();
    assertThatNoException().isThrownBy(second::requireWhole);

    database.indexFeed().report(FOLLOWER, new UUID(5, 1), LogPosition.START, now);
    second.advance();

    assertThatExceptionOfType(PortFailure.class).isThrownBy(second::requireWhole);
  }

  @Test
  void nothingIsMendedByAServerThatOnlyLooksOn() {
    addDocument();
    readAll(server(1));
    FollowLog<IndexedVector> second = server(2);

    second.atTheEnd(() -> {
      throw new AssertionError("It is the other one's turn.");
    });

    assertThat(second.isOurs()).isFalse();
  }
}
