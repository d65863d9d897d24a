package io.parley.testkit.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.conversation.Message;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.job.Lease;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.Listing;
import io.parley.domain.port.persistence.ChunkRepository;
import io.parley.domain.port.persistence.ConversationRepository;
import io.parley.domain.port.persistence.Housekeeping;
import io.parley.domain.port.persistence.IndexFeed;
import io.parley.domain.port.persistence.JobQueue;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.retrieval.FoundChunk;
import io.parley.testkit.memory.InMemoryPersistence;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The contracts notice a database that is broken in the ways that they are there for. */
class DamagedPersistenceTest {

  private final Persistence sound = new InMemoryPersistence();

  /** One method answers something else; all others are sound. */
  private static <T> T damaged(
      Class<T> port, T sound, String method, UnaryOperator<Object> damage) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, called, arguments) -> {
              try {
                Object answer = called.invoke(sound, arguments);
                return called.getName().equals(method) ? damage.apply(answer) : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private Persistence with(String accessor, Object port) {
    return damaged(Persistence.class, sound, accessor, ignored -> port);
  }

  @Test
  void noticesChunksShownInAForeignScope() {
    BotKnowledge leaked = BotKnowledge.in(sound);
    List<Chunk> chunks = leaked.complete(leaked.add("a.txt").ref(), "one");
    Map<ChunkId, FoundChunk> everywhere =
        sound.chunks().find(leaked.scope(), chunks.stream().map(Chunk::id).toList());
    assertThat(everywhere).hasSize(1);
    ChunkRepository leaking =
        damaged(ChunkRepository.class, sound.chunks(), "find", answer -> everywhere);
    Persistence database = with("chunks", leaking);
    ChunkRepositoryContract contract =
        new ChunkRepositoryContract() {
          @Override
          protected Persistence persistence() {
            return database;
          }
        };
    contract.freshBot();
    assertThatThrownBy(contract::findsNothingInAForeignScope).isInstanceOf(AssertionError.class);
  }

  @Test
  void noticesAGapInTheLog() {
    IndexFeed gappy =
        damaged(
            IndexFeed.class,
            sound.indexFeed(),
            "after",
            answer -> {
              List<?> entries = (List<?>) answer;
              return entries.size() > 2 ? entries.subList(1, entries.size()) : entries;
            });
    Persistence database = with("indexFeed", gappy);
    ChangeLogContract contract =
        new ChangeLogContract() {
          @Override
          protected Persistence persistence() {
            return database;
          }
        };
    contract.freshBot();
    assertThatThrownBy(contract::appendsDenselyAndReadsInOrder).isInstanceOf(AssertionError.class);
  }

  @Test
  void noticesAJobThatIsHandedOutTwice() {
    Map<String, Object> last = new ConcurrentHashMap<>();
    JobQueue twice =
        damaged(
            JobQueue.class,
            sound.jobs(),
            "claim",
            answer ->
                answer instanceof Optional<?> lease && lease.isPresent()
                    ? last.merge("lease", answer, (before, now) -> now)
                    : last.getOrDefault("lease", Optional.<Lease>empty()));
    Persistence database = with("jobs", twice);
    JobQueueContract contract =
        new JobQueueContract() {
          @Override
          protected Persistence persistence() {
            return database;
          }
        };
    assertThatThrownBy(contract::handsAJobOutWholeAndOnce).isInstanceOf(AssertionError.class);
  }

  @Test
  void noticesAQueueThatHidesOthersOrForgetsHowMuchWaits() {
    assertNoticed("othersWait", _ -> false, JobQueueContract::saysWhetherAnotherOwnerCouldBeServed);
    assertNoticed("depth", _ -> 4L, JobQueueContract::countsTheDocumentsThatWaitOrRunForEachOwner);
    assertNoticed(
        "forgetAttempts", _ -> false, JobQueueContract::attemptsAreForgottenOnceSomethingWasKept);
  }

  private void assertNoticed(
      String method, UnaryOperator<Object> damage, Consumer<JobQueueContract> notices) {
    Persistence database = with("jobs", damaged(JobQueue.class, sound.jobs(), method, damage));
    JobQueueContract contract =
        new JobQueueContract() {
          @Override
          protected Persistence persistence() {
            return database;
          }
        };
    assertThatThrownBy(() -> notices.accept(contract)).isInstanceOf(AssertionError.class);
    contract.emptyQueue();
  }

  @Test
  void noticesAnAnswerThatOutlivesItsSource() {
    ConversationRepository forgetful =
        damaged(
            ConversationRepository.class,
            sound.conversations(),
            "messages",
            answer -> ((Optional<?>) answer).map(listing -> unblanked((Listing<?>) listing)));
    Persistence database = with("conversations", forgetful);
    ErasureRepositoryContract contract =
        new ErasureRepositoryContract() {
          @Override
          protected Persistence persistence() {
            return database;
          }
        };
    contract.freshDocument();
    assertThatThrownBy(contract::keepsAnAnswerBlankThatComesAfterTheTombstone)
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(contract::blanksAnAnswerThatIsAddedWhileItsSourceIsBeingErased)
        .isInstanceOf(AssertionError.class);
  }

  private static Listing<Message> unblanked(Listing<?> listing) {
    return new Listing<>(
        listing.items().stream()
            .map(Message.class::cast)
            .map(m -> m.blanked() ? said(m) : m)
            .toList(),
        listing.total(),
        new ListRequest(0, 9));
  }

  private static Message said(Message m) {
    return new Message(
        m.id(),
        m.conversation(),
        m.role(),
        "It is 42.",
        m.citations(),
        false,
        m.createdAt(),
        m.usage(),
        m.responseTime(),
        m.rating());
  }

  @Test
  void noticesJobsThatAreRemovedWhileTheyRun() {
    Housekeeping careless =
        damaged(Housekeeping.class, sound.housekeeping(), "removeEndedJobs", removed -> 1);
    Persistence database = with("housekeeping", careless);
    HousekeepingContract contract =
        new HousekeepingContract() {
          @Override
          protected Persistence persistence() {
            return database;
          }
        };
    contract.nothingIsOldYet();
    assertThatThrownBy(contract::leavesJobsThatWaitOrRun).isInstanceOf(AssertionError.class);
  }
}
