package io.parley.application.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.background.WorkSignal;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.vectorstore.KeywordIndex;
import io.parley.domain.retrieval.LogEntry;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.persistence.BotKnowledge;
import io.parley.testkit.vectorstore.InMemoryKeywordIndex;
import io.parley.testkit.vectorstore.InMemoryVectorStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class FollowIndexesTest {
  private static final IndexFeed.Follower VECTORS =
      new IndexFeed.Follower(new UUID(7, 1), "vectors", true);
  private static final IndexFeed.Follower WORDS =
      new IndexFeed.Follower(new UUID(7, 2), "words", true);

  /** Long enough for a loop to go round. */
  private static final long A_WHILE_MILLIS = 200;

  private final InMemoryPersistence database = new InMemoryPersistence();
  private final BotKnowledge bot = BotKnowledge.in(database);
  private final CountDownLatch slow = new CountDownLatch(1);

  /** Cannot say where it stands before it is let go on. */
  private KeywordIndex slow(KeywordIndex index) {
    return (KeywordIndex)
        Proxy.newProxyInstance(
            KeywordIndex.class.getClassLoader(),
            new Class<?>[] {KeywordIndex.class},
            (_, method, arguments) -> {
              if (method.getName().equals("position")) {
                slow.await();
              }
              try {
                return method.invoke(index, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void nothingIsCompleteBeforeEveryIndexOfThisServerSaidWhereItStands() throws Exception {
    VersionRef ref = bot.add("a.txt").ref();
    LogEntry entry = bot.embed(ref, "one", "two");
    try (FollowIndexes indexes =
        new FollowIndexes(
            database.indexFeed(), new WorkSignal(), "server", () -> BotKnowledge.NOW)) {
      indexes.add(VECTORS, new InMemoryVectorStore(3), BotKnowledge.MODEL);
      indexes.add(WORDS, slow(new InMemoryKeywordIndex()));
      indexes.start();
      while (!database.indexFeed().positionOf(VECTORS.id()).equals(entry.at())) {
        Thread.sleep(1);
      }
      Thread.sleep(A_WHILE_MILLIS);
      assertThat(status(ref)).isNotEqualTo(DocumentStatus.COMPLETE);

      slow.countDown();

      while (status(ref) != DocumentStatus.COMPLETE) {
        Thread.sleep(1);
      }
    }
  }

  private DocumentStatus status(VersionRef ref) {
    return database.documents().find(bot.scope(), ref.source()).orElseThrow().status();
  }
}
