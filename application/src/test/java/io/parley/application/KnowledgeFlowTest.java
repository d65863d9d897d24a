package io.parley.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.conversation.Exchange;
import io.parley.application.conversation.Question;
import io.parley.application.conversation.ShownMessage;
import io.parley.application.document.BrowseDocuments;
import io.parley.application.document.UploadResult;
import io.parley.application.retrieval.SearchQuery;
import io.parley.domain.access.Access;
import io.parley.domain.access.UserScope;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.port.ListRequest;
import io.parley.domain.port.storage.PreviewLink;
import io.parley.domain.port.storage.SignedBlobs;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.SearchHit;
import io.parley.domain.retrieval.SearchMode;
import io.parley.testkit.vectorstore.InMemoryVectorStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KnowledgeFlowTest {
  private static final ListRequest ALL = new ListRequest(0, 100);
  private static final String LOGBOOK =
      "The Marigold carries 412 passengers.\nHer master is Ines Falk.\fShe sails at dawn.";

  private final Bench bench = new Bench();
  private final Parley parley = bench.parley(SpeakingModel.quoting()).build().start();
  private final UserScope user = Access.own(bench.person);

  @AfterEach
  void end() {
    parley.close();
  }

  @Test
  void aTextIsTakenInFoundAnsweredFromAndCited() throws InterruptedException {
    Document document = complete(LOGBOOK);
    assertThat(document.chunksCount()).isEqualTo(3);
    assertThat(document.pageCount()).isEqualTo(2);
    assertThat(document.language()).isEqualTo("en");
    SearchHit dawn = search("When does she sail? dawn").getFirst();
    assertThat(dawn.found().chunk().content()).isEqualTo("She sails at dawn.");
    assertThat(dawn.found().chunk().page()).isEqualTo(2);

    ShownMessage answer = ask("Who is her master?").answer();

    assertThat(answer.message().content()).isEqualTo("Her master is Ines Falk. [1]");
    assertThat(answer.citations())
        .singleElement()
        .satisfies(c -> assertThat(c.quote()).isEqualTo("Her master is Ines Falk."));
  }

  @Test
  void afterAnErasureNothingIsFoundAndOldAnswersAreBlank() throws InterruptedException {
    Document document = complete(LOGBOOK);
    Conversation conversation = conversation();
    ask(conversation, "Who is her master?");

    ErasureId erasure =
        parley.documents().erase().eraseDocument(bench.scope, document.id()).orElseThrow();

    assertThat(search("master Ines Falk")).isEmpty();
    assertThat(ask("Who is her master?").answer().citations()).isEmpty();
    ShownMessage old =
        parley
            .browseConversations()
            .messages(bench.person, conversation.id(), ALL)
            .orElseThrow()
            .items()
            .get(1);
    assertThat(old.message().blanked()).isTrue();
    assertThat(old.message().content()).isEmpty();
    assertThat(old.citations()).isEmpty();
    Bench.until(() -> state(erasure) == ErasureReceipt.State.REMOVED);
    assertThat(bench.vectors.count()).isZero();
    assertThat(bench.words.count()).isZero();
    assertThat(bench.blobs.open(bench.scope, blobOf(document))).isEmpty();
    assertThat(bench.database.erasures().sourcesWithRows(bench.scope, 10)).isEmpty();
    assertThat(parley.documents().erase().eraseDocument(bench.scope, document.id())).isEmpty();
  }

  private ErasureReceipt.State state(ErasureId erasure) {
    return parley
        .documents()
        .receipts()
        .find(Access.own(bench.person), erasure)
        .orElseThrow()
        .state();
  }

  @Test
  void theSameBytesAreTheDocumentThatIsThere() throws InterruptedException {
    Document first = complete(LOGBOOK);
    UploadResult again =
        parley.documents().upload().upload(bench.scope, Bench.file("other.txt", LOGBOOK));
    assertThat(again).isInstanceOf(UploadResult.AlreadyThere.class);
    assertThat(((UploadResult.AlreadyThere) again).document().id()).isEqualTo(first.id());
    assertThat(parley.documents().browse().list(bench.scope, ALL).total()).isEqualTo(1);
    assertThat(bench.extractor.calls).hasValue(1);
  }

  @Test
  void anEmptyFileAndOneThatIsTooLargeAreRefused() {
    assertThat(parley.documents().upload().upload(bench.scope, Bench.file("a.txt", "")))
        .isEqualTo(new UploadResult.Empty());
    try (Parley small = bench.parley(SpeakingModel.quoting()).uploadLimit(5).build()) {
      assertThat(small.documents().upload().upload(bench.scope, Bench.file("a.txt", "sixsix")))
          .isEqualTo(new UploadResult.TooLarge(5));
    }
    assertThat(parley.documents().browse().list(bench.scope, ALL).total()).isZero();
  }

  @Test
  void oneVersionOrTheOtherAnswersWhileContentIsReplaced() throws InterruptedException {
    SourceId id = complete("The Marigold sails at dawn.").id();
    AtomicBoolean replaced = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger silent = new AtomicInteger();
    Thread asker =
        Thread.ofVirtual()
            .start(() -> {
              while (!replaced.get()) {
                silent.addAndGet(search("When does the Marigold sail?").size() == 1 ? 0 : 1);
                asked.incrementAndGet();
              }
            });
    for (int i = 0; i < 5; i++) {
      int version = i + 2;
      Bench.accepted(
          parley
              .documents()
              .upload()
              .replace(
                  bench.scope, id, Bench.file("log.txt", "The Marigold sails at " + i + " noon.")));
      Bench.until(() -> Integer.valueOf(version).equals(bench.document(id).servingVersion()));
    }
    replaced.set(true);
    asker.join();
    assertThat(asked.get()).isPositive();
    assertThat(silent.get()).isZero();
    assertThat(search("When does the Marigold sail?"))
        .extracting(hit -> hit.found().chunk().content())
        .containsExactly("The Marigold sails at 4 noon.");
    Bench.until(() -> bench.vectors.count() == 1 && bench.words.count() == 1);
  }

  @Test
  void afterAReplacementOldAnswersStillShowTheirQuotes() throws InterruptedException {
    SourceId id = complete("The Marigold sails at dawn.").id();
    Conversation conversation = conversation();
    ask(conversation, "When does the Marigold sail?");
    parley
        .documents()
        .upload()
        .replace(bench.scope, id, Bench.file("log.txt", "The Marigold sails at noon."));
    Bench.until(() -> Integer.valueOf(2).equals(bench.document(id).servingVersion()));
    assertThat(
            parley
                .browseConversations()
                .messages(bench.person, conversation.id(), ALL)
                .orElseThrow()
                .items()
                .get(1)
                .citations())
        .singleElement()
        .satisfies(c -> assertThat(c.quote()).isEqualTo("The Marigold sails at dawn."));
  }

  @Test
  void aLinkOpensTheFileOfItsVersionUntilItIsErased() throws InterruptedException {
    Document first = complete("The Marigold sails at dawn.");
    parley
        .documents()
        .upload()
        .replace(bench.scope, first.id(), Bench.file("new.txt", "The Marigold sails at noon."));
    Bench.until(() -> Integer.valueOf(2).equals(bench.document(first.id()).servingVersion()));
    BrowseDocuments browse = parley.documents().browse();

    VersionRef unknown = new VersionRef(first.id(), 3);
    Map<VersionRef, PreviewLink> links =
        browse.previews(bench.scope, List.of(first.ref(), unknown));
    assertThat(links).containsOnlyKeys(first.ref());
    PreviewLink old = links.get(first.ref());
    assertThat(opened(old)).isEqualTo("log.txt: The Marigold sails at dawn.");
    PreviewLink newest = browse.preview(bench.scope, first.id()).orElseThrow();
    assertThat(opened(newest)).isEqualTo("new.txt: The Marigold sails at noon.");

    assertThat(browse.isShown(first.id())).isTrue();
    parley.documents().erase().eraseDocument(bench.scope, first.id());
    assertThat(browse.isShown(first.id())).isFalse();
  }

  private String opened(PreviewLink link) {
    String token = link.uri().toString().substring("/previews/".length());
    SignedBlobs.SignedBlob blob = bench.blobs.open(token).orElseThrow();
    try (InputStream content = blob.content()) {
      return blob.as().name() + ": " + new String(content.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLocalBotNeedsNothingButWords() throws InterruptedException {
    LocalBot bot = parley.localBot("notes");
    Document added = bot.add("log.txt", LOGBOOK);
    assertThat(bot.await(added).orElseThrow().status()).isEqualTo(DocumentStatus.COMPLETE);
    StringBuilder streamed = new StringBuilder();
    Exchange exchange = bot.ask("Who is her master?", streamed::append);
    assertThat(streamed.toString()).isEqualTo(exchange.answer().message().content());
    assertThat(exchange.answer().citations()).hasSize(1);
    assertThat(parley.localBot("notes").search(query("dawn"))).isNotEmpty();
    assertThat(parley.localBot("other").search(query("dawn"))).isEmpty();
  }

  @Test
  void aNewIndexIsFilledFromTheLog() throws InterruptedException {
    complete(LOGBOOK);
    parley.close();
    var empty = new InMemoryVectorStore(Bench.DIMENSION);
    int embedded = bench.embedder.passages.get();
    try (Parley again = bench.parley(SpeakingModel.quoting()).vectorStore(empty).build().start()) {
      Bench.until(() -> empty.count() == 3);
      assertThat(again.searchKnowledge().search(bench.scope, query("dawn"))).isNotEmpty();
    }
    assertThat(bench.embedder.passages).hasValue(embedded);
  }

  private BlobKey blobOf(Document document) {
    return BlobKey.of(bench.scope, new VersionRef(document.id(), 1), document.name());
  }

  private Document complete(String text) throws InterruptedException {
    Document document =
        Bench.accepted(
            parley.documents().upload().upload(bench.scope, Bench.file("log.txt", text)));
    Bench.until(() -> bench.document(document.id()).status() == DocumentStatus.COMPLETE);
    return bench.document(document.id());
  }

  private Conversation conversation() {
    return parley.startConversation().start(user, bench.scope, null, Metadata.EMPTY).orElseThrow();
  }

  private Exchange ask(String question) {
    return ask(conversation(), question);
  }

  private Exchange ask(Conversation conversation, String question) {
    return parley
        .answerQuestion()
        .answer(user, bench.scope, conversation, Question.of(question), _ -> {}, () -> false)
        .orElseThrow();
  }

  private List<SearchHit> search(String text) {
    return parley.searchKnowledge().search(bench.scope, query(text));
  }

  private static SearchQuery query(String text) {
    return new SearchQuery(text, 5, SearchMode.HYBRID, Filter.NONE);
  }
}
