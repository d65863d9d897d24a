package io.parley.application.transfer;

import io.parley.application.Bench;
import io.parley.application.Parley;
import io.parley.application.SpeakingModel;
import io.parley.application.conversation.Question;
import io.parley.application.retrieval.SearchQuery;
import io.parley.application.transfer.ImportKnowledge.Result;
import io.parley.domain.access.Access;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.conversation.Conversation;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.PageText;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.ai.Embedder;
import io.parley.domain.port.persistence.Transfer.Snapshot;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.SearchMode;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Selection;
import io.parley.testkit.storage.InMemoryArchives;
import io.parley.testkit.vectorstore.InMemoryVectorStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An installation that archives leave or come to. */
final class TransferBench implements AutoCloseable {
  static final Path FILE = Path.of("parley.zip");
  private static final int ALL = 10_000;

  final Bench bench = new Bench();
  final Parley parley;
  final UserScope user = Access.own(bench.person);
  private final InMemoryArchives archives;

  TransferBench(InMemoryArchives archives) {
    this.archives = archives;
    this.parley = bench.parley(SpeakingModel.quoting()).build().start();
  }

  /** One that embeds with another model. */
  TransferBench(InMemoryArchives archives, Embedder embedder) {
    this.archives = archives;
    this.parley =
        bench
            .parley(SpeakingModel.quoting())
            .embedder(embedder)
            .vectorStore(new InMemoryVectorStore(embedder.model().dimension()))
            .build()
            .start();
  }

  Document complete(String name, String text) throws InterruptedException {
    return complete(bench.scope, name, text);
  }

  Document complete(BotScope scope, String name, String text) throws InterruptedException {
    SourceId id =
        Bench.accepted(parley.documents().upload().upload(scope, Bench.file(name, text))).id();
    Bench.until(() -> document(scope, id).status() == DocumentStatus.COMPLETE);
    return document(scope, id);
  }

  Document document(BotScope scope, SourceId id) {
    return bench.database.documents().find(scope, id).orElseThrow();
  }

  void replace(SourceId id, String text) throws InterruptedException {
    parley.documents().upload().replace(bench.scope, id, Bench.file("new.txt", text));
    Bench.until(() -> Integer.valueOf(2).equals(bench.document(id).servingVersion()));
  }

  Conversation ask(String question) {
    Conversation conversation =
        parley.startConversation().start(user, bench.scope, null, Metadata.EMPTY).orElseThrow();
    if (parley
        .answerQuestion()
        .answer(user, bench.scope, conversation, Question.of(question), _ -> {}, () -> false)
        .isEmpty()) {
      throw new AssertionError("The conversation is gone.");
    }
    return conversation;
  }

  List<String> found(BotScope scope, String words) {
    return parley
        .searchKnowledge()
        .search(scope, new SearchQuery(words, 5, SearchMode.VECTOR, Filter.NONE))
        .stream()
        .map(hit -> hit.found().chunk().content())
        .toList();
  }

  ExportReport exported(Selection selection) {
    return exportedTo(archives, selection);
  }

  ExportReport exportedTo(Archives there, Selection selection) {
    return switch (parley
        .exportKnowledge(there)
        .run(new ExportRequest(FILE, selection, true, "test"), TransferProgress.NONE)) {
      case ExportKnowledge.Result.Exported(ExportReport report) -> report;
      case ExportKnowledge.Result.Refused(String why) -> throw new AssertionError(why);
    };
  }

  Selection thisBot() {
    return new Selection.OneBot(bench.scope.bot());
  }

  /** By another process. */
  ImportReport importedBeside(Archives theirs) {
    try (Parley beside = bench.parley(SpeakingModel.quoting()).build()) {
      return switch (beside.importKnowledge(theirs).run(FILE, null, TransferProgress.NONE)) {
        case Result.Imported(ImportReport report) -> report;
        case Result.Refused(String why) -> throw new AssertionError(why);
      };
    }
  }

  Result imports(@Nullable String owner) {
    return parley.importKnowledge(archives).run(FILE, owner, TransferProgress.NONE);
  }

  /** Brings it in, and waits until all is indexed. */
  ImportReport imported() throws InterruptedException {
    return switch (imports(null)) {
      case Result.Imported(ImportReport report) -> {
        Bench.until(parley::isIdle);
        yield report;
      }
      case Result.Refused(String why) -> throw new AssertionError(why);
    };
  }

  /** All that is selected, but for when the work on it was done, in words that can be compared. */
  List<String> all(Selection selection) {
    return bench.database.transfer().snapshot(selection, TransferBench::all);
  }

  private static List<String> all(Snapshot snapshot) {
    List<Object> all = new ArrayList<>();
    all.addAll(snapshot.tenants(null, ALL));
    all.addAll(snapshot.users(null, ALL));
    all.addAll(snapshot.identities(null, ALL));
    all.addAll(snapshot.bots(null, ALL));
    for (ArchivedSource source : snapshot.sources(null, ALL)) {
      all.add(source);
      snapshot
          .versions(source.id(), 0, ALL)
          .forEach(stored -> addVersion(snapshot, stored.version(), all));
    }
    for (Conversation conversation : snapshot.conversations(null, ALL)) {
      all.add(conversation);
      all.addAll(snapshot.messages(conversation.id(), 0, ALL));
    }
    return all.stream().map(Object::toString).toList();
  }

  private static void addVersion(Snapshot snapshot, ArchivedVersion version, List<Object> all) {
    VersionRef ref = version.ref();
    all.add(version.toString().replaceAll(", processedAt=[^,\\]]*", ""));
    for (PageText page : snapshot.pages(ref, 0, ALL)) {
      all.add(page);
    }
    for (ArchivedChunk chunk : snapshot.chunks(ref, -1, ALL)) {
      Map<String, Object> vectors = new TreeMap<>();
      chunk
          .embeddings()
          .forEach((model, vector) -> vectors.put(model.toString(), Arrays.toString(vector)));
      all.add(chunk.chunk() + " " + vectors);
    }
  }

  /** The scope of a bot that came from elsewhere. */
  BotScope arrived(BotScope elsewhere) {
    return Scopes.of(bench, elsewhere.bot());
  }

  @Override
  public void close() {
    parley.close();
  }
}
