package io.parley.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parley.application.conversation.Question;
import io.parley.application.document.UploadResult;
import io.parley.application.reconciliation.Onlooker;
import io.parley.application.retrieval.SearchQuery;
import io.parley.domain.access.Access;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.Message;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.port.vectorstore.VectorStore;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedVector;
import io.parley.domain.retrieval.LogPosition;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.domain.retrieval.SearchMode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Adapters that lie, forget, or do what they are told and do not say so: nothing wrong is kept or
 * shown, and what is missing comes back.
 */
class FaultyAdaptersTest {
  private static final ListRequest ALL = new ListRequest(0, 100);
  private static final String OWN = "The keeper of the lantern is Ines Falk.";
  private static final String FOREIGN = "The keeper of the lantern is a stranger's secret.";

  private final Bench bench = new Bench();
  private final UserScope user = Access.own(bench.person);
  private final List<Parley> all = new ArrayList<>();

  @AfterEach
  void end() {
    all.forEach(Parley::close);
  }

  private Parley running(ParleyBuilder builder) {
    Parley parley = builder.build().start();
    all.add(parley);
    return parley;
  }

  private ParleyBuilder sound() {
    return bench.parley(SpeakingModel.quoting());
  }

  private VectorStore vectors(String method, Bent.Bend bend) {
    return Bent.port(VectorStore.class, bench.vectors, method, bend);
  }

  private SourceId complete(Parley parley, BotScope scope, String text)
      throws InterruptedException {
    SourceId id =
        Bench.accepted(parley.documents().upload().upload(scope, Bench.file("log.txt", text))).id();
    Bench.until(() ->
        bench.database.documents().find(scope, id).orElseThrow().status()
            == DocumentStatus.COMPLETE);
    return id;
  }

  private List<String> found(Parley parley, SearchMode mode) {
    return parley
        .searchKnowledge()
        .search(bench.scope, new SearchQuery("keeper lantern", 5, mode, Filter.NONE))
        .stream()
        .map(hit -> hit.found().chunk().content())
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static List<IndexChange<IndexedVector>> changes(Object[] arguments) {
    return (List<IndexChange<IndexedVector>>) arguments[0];
  }

  private static boolean adds(Object[] arguments) {
    return changes(arguments).stream().anyMatch(change -> change instanceof IndexChange.Add<?>);
  }

  private static PortFailure timeout() {
    return new PortFailure(Kind.TIMEOUT, "planted", "It did not answer in time.", null);
  }

  @Test
  void whatAnIndexAcceptedAndForgotIsNotMadeUpAndComesBackByReconciling() throws Exception {
    AtomicBoolean forgets = new AtomicBoolean(true);
    Parley parley =
        running(
            sound()
                .vectorStore(
                    vectors(
                        "apply",
                        (arguments, right) -> {
                          if (forgets.get() && adds(arguments)) {
                            bench.vectors.apply(List.of(), (LogPosition) arguments[1]);
                            return null;
                          }
                          return right.call();
                        })));
    complete(parley, bench.scope, OWN);
    assertThat(bench.vectors.count()).isZero();
    assertThat(found(parley, SearchMode.VECTOR)).isEmpty();
    assertThat(found(parley, SearchMode.HYBRID)).containsExactly(OWN);
    forgets.set(false);

    parley.reconcileStores().run(false, Onlooker.NONE);

    assertThat(bench.vectors.count()).isEqualTo(1);
    assertThat(found(parley, SearchMode.VECTOR)).containsExactly(OWN);
  }

  @Test
  void whatAnIndexDidWithoutSayingSoIsHeldAndShownOnce() throws Exception {
    AtomicBoolean silent = new AtomicBoolean(true);
    Parley parley =
        running(
            sound()
                .vectorStore(
                    vectors(
                        "apply",
                        (arguments, right) -> {
                          Object result = right.call();
                          if (adds(arguments) && silent.compareAndSet(true, false)) {
                            throw timeout();
                          }
                          return result;
                        })));

    complete(parley, bench.scope, OWN);

    assertThat(silent).isFalse();
    assertThat(bench.vectors.count()).isEqualTo(1);
    assertThat(found(parley, SearchMode.HYBRID)).containsExactly(OWN);
  }

  /** Ids of nobody, ids of another person's chunks, and each id twice. */
  @ParameterizedTest
  @EnumSource(SearchMode.class)
  void idsOfNobodyAndOfOthersAreNotShown(SearchMode mode) throws Exception {
    BotScope foreign = bench.newBot(Bench.person(bench.database), "Foreign", false);
    AtomicReference<List<ScoredChunk>> others = new AtomicReference<>(List.of());
    Parley parley =
        running(
            sound()
                .vectorStore(vectors("search", (_, right) -> mixed(others.get(), right.call()))));
    complete(parley, foreign, FOREIGN);
    complete(parley, bench.scope, OWN);
    others.set(
        List.of(
            new ScoredChunk(new ChunkId(UUID.randomUUID()), 1),
            new ScoredChunk(bench.vectors.chunks(null, 10).items().getFirst(), 1),
            new ScoredChunk(bench.vectors.chunks(null, 10).items().getLast(), 1)));

    assertThat(found(parley, mode)).containsExactly(OWN);
  }

  @SuppressWarnings("unchecked")
  private static List<ScoredChunk> mixed(List<ScoredChunk> others, Object right) {
    List<ScoredChunk> all = new ArrayList<>(others);
    all.addAll((List<ScoredChunk>) right);
    all.addAll(others);
    return all;
  }

  /** How a question's vector is wrong. */
  private static float[] wrong(String how) {
    return switch (how) {
      case "no numbers" -> filled(Bench.DIMENSION, Float.NaN);
      case "zero" -> new float[Bench.DIMENSION];
      case "shorter" -> filled(Bench.DIMENSION - 1, 0.5F);
      default -> throw new IllegalArgumentException(how);
    };
  }

  private static float[] filled(int length, float value) {
    float[] vector = new float[length];
    java.util.Arrays.fill(vector, value);
    return vector;
  }

  @ParameterizedTest
  @ValueSource(strings = {"no numbers", "zero", "shorter"})
  void aQuestionWhoseVectorCannotBeRightIsRefusedAndNothingIsAnswered(String how)
      throws InterruptedException {
    AtomicBoolean lies = new AtomicBoolean();
    Embedder lying =
        Bent.port(
            Embedder.class,
            bench.embedder,
            "embedQuery",
            (_, right) -> lies.get() ? wrong(how) : right.call());
    Parley parley = running(sound().embedder(lying));
    complete(parley, bench.scope, OWN);
    Conversation talk =
        parley.startConversation().start(user, bench.scope, null, Metadata.EMPTY).orElseThrow();
    lies.set(true);

    for (SearchMode mode : List.of(SearchMode.VECTOR, SearchMode.HYBRID)) {
      PortFailure failure = catchThrowableOfType(PortFailure.class, () -> found(parley, mode));
      assertThat(failure.kind()).isEqualTo(Kind.CORRUPT_DATA);
    }
    PortFailure failure =
        catchThrowableOfType(
            PortFailure.class,
            () ->
                parley
                    .answerQuestion()
                    .answer(
                        user,
                        bench.scope,
                        talk,
                        Question.of("Who is the keeper?"),
                        _ -> {},
                        () -> false));
    assertThat(failure.kind()).isEqualTo(Kind.CORRUPT_DATA);
    assertThat(
            parley
                .browseConversations()
                .messages(bench.person, talk.id(), ALL)
                .orElseThrow()
                .items())
        .noneMatch(shown -> shown.message().role() == Message.Role.ASSISTANT);
    assertThat(found(parley, SearchMode.KEYWORD)).containsExactly(OWN);
  }

  @Test
  void aFileThatWasKeptWithoutSayingSoIsNoDocumentAndMayBeSentAgain() throws Exception {
    AtomicBoolean silent = new AtomicBoolean(true);
    BlobStore blobs =
        Bent.port(
            BlobStore.class,
            bench.blobs,
            "put",
            (_, right) -> {
              Object result = right.call();
              if (silent.compareAndSet(true, false)) {
                throw timeout();
              }
              return result;
            });
    Parley parley = running(sound().blobStore(blobs));

    PortFailure failure =
        catchThrowableOfType(
            PortFailure.class,
            () -> parley.documents().upload().upload(bench.scope, Bench.file("log.txt", OWN)));

    assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(parley.documents().browse().list(bench.scope, ALL).total()).isZero();
    complete(parley, bench.scope, OWN);
    assertThat(parley.documents().upload().upload(bench.scope, Bench.file("log.txt", OWN)))
        .isInstanceOf(UploadResult.AlreadyThere.class);
    assertThat(found(parley, SearchMode.HYBRID)).containsExactly(OWN);
  }
}
