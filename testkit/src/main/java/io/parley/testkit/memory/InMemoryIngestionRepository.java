package io.parley.testkit.memory;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.PageText;
import io.parley.domain.document.Progress;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.Step;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.testkit.memory.InMemoryKnowledge.Embedding;
import io.parley.testkit.memory.InMemoryKnowledge.EmbeddingKey;
import io.parley.testkit.memory.InMemoryKnowledge.Page;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The products of the steps in memory. */
final class InMemoryIngestionRepository implements IngestionRepository {

  private final InMemoryKnowledge knowledge;

  InMemoryIngestionRepository(InMemoryKnowledge knowledge) {
    this.knowledge = knowledge;
  }

  @Override
  public Optional<Work> find(BotScope scope, VersionRef ref) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(
        () -> knowledge.atWork(scope, ref).map(InMemoryIngestionRepository::work));
  }

  private static Work work(KeptVersion version) {
    Integer pages = version.products().pages();
    return new Work(
        version.ref(),
        version.blob(),
        version.content().contentType(),
        version.content().size(),
        version.content().sha256(),
        version.progress(),
        version.products().title(),
        pages == null ? 0 : pages,
        version.products().chunks());
  }

  @Override
  public void progress(BotScope scope, VersionRef ref, Progress progress) {
    change(scope, ref, version -> version.at(progress));
  }

  @Override
  public void pause(BotScope scope, VersionRef ref) {
    change(scope, ref, KeptVersion::paused);
  }

  @Override
  public void clearPages(BotScope scope, VersionRef ref) {
    atWork(scope, ref, version -> removePages(ref));
  }

  private void removePages(VersionRef ref) {
    pageNumbers(ref).forEach(number -> knowledge.pages.remove(new Page(ref, number)));
  }

  private IntStream pageNumbers(VersionRef ref) {
    int last = knowledge.pageCounts.get(ref).orElse(0);
    return IntStream.rangeClosed(1, last);
  }

  @Override
  public void addPages(BotScope scope, VersionRef ref, List<PageText> pages) {
    atWork(scope, ref, version -> pages.forEach(page -> addPage(ref, page)));
  }

  private void addPage(VersionRef ref, PageText page) {
    knowledge.pages.put(new Page(ref, page.number()), page);
    int last = Math.max(page.number(), knowledge.pageCounts.get(ref).orElse(0));
    knowledge.pageCounts.put(ref, last);
  }

  @Override
  public void extracted(
      BotScope scope,
      VersionRef ref,
      @Nullable String title,
      @Nullable String language,
      int pages) {
    change(
        scope,
        ref,
        version ->
            version.passed(
                Step.EXTRACTED,
                new KeptVersion.Products(title, language, pages, version.products().chunks()),
                pages));
  }

  @Override
  public List<PageText> pagesAfter(BotScope scope, VersionRef ref, int page, int limit) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() ->
        knowledge.source(scope, ref.source()).stream()
            .flatMap(source -> pageNumbers(ref).boxed())
            .filter(number -> number > page)
            .flatMap(number -> knowledge.pages.get(new Page(ref, number)).stream())
            .limit(limit)
            .toList());
  }

  @Override
  public Cut cutUpTo(BotScope scope, VersionRef ref, int page) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(
        () -> knowledge.atWork(scope, ref).map(_ -> cutUpTo(ref, page)).orElse(new Cut(0, 0)));
  }

  private Cut cutUpTo(VersionRef ref, int page) {
    knowledge.chunksOf(ref).stream()
        .filter(chunk -> chunk.page() > page)
        .forEach(knowledge::removeChunk);
    int end =
        pageNumbers(ref)
            .filter(number -> number <= page)
            .mapToObj(number -> knowledge.pages.get(new Page(ref, number)))
            .flatMap(Optional::stream)
            .mapToInt(kept -> kept.text().length() + 1)
            .sum();
    return new Cut(knowledge.chunksOf(ref).size(), end);
  }

  @Override
  public void addChunks(BotScope scope, List<Chunk> chunks) {
    scope.require(Permission.WRITE);
    knowledge.database.run(() ->
        chunks.stream()
            .filter(chunk -> knowledge.atWork(scope, chunk.ref()).isPresent())
            .forEach(chunk -> knowledge.chunks.put(chunk.id(), chunk)));
  }

  @Override
  public void split(BotScope scope, VersionRef ref, int chunks) {
    change(
        scope,
        ref,
        version -> {
          KeptVersion.Products found = version.products();
          return version.passed(
              Step.SPLIT,
              new KeptVersion.Products(found.title(), found.language(), found.pages(), chunks),
              chunks);
        });
  }

  @Override
  public List<Chunk> chunksToEmbed(
      BotScope scope, VersionRef ref, EmbeddingModel model, int limit) {
    scope.require(Permission.WRITE);
    return knowledge.database.inTransaction(() ->
        knowledge.source(scope, ref.source()).stream()
            .flatMap(source -> knowledge.chunksOf(ref).stream())
            .filter(
                chunk -> knowledge.embeddings.get(new EmbeddingKey(chunk.id(), model)).isEmpty())
            .sorted(Comparator.comparingInt(Chunk::ordinal))
            .limit(limit)
            .toList());
  }

  @Override
  public void addEmbeddings(
      BotScope scope, EmbeddingModel model, Map<ChunkId, float[]> embeddings) {
    scope.require(Permission.WRITE);
    if (embeddings.values().stream().anyMatch(vector -> vector.length != model.dimension())) {
      throw new IllegalArgumentException("An embedding has not the model's dimension.");
    }
    knowledge.database.run(() ->
        embeddings.forEach((id, vector) -> {
          if (isIn(scope, id)) {
            knowledge.embeddings.put(
                new EmbeddingKey(id, model), new Embedding(id, model, vector.clone()));
          }
        }));
  }

  private boolean isIn(BotScope scope, ChunkId id) {
    return knowledge
        .chunks
        .get(id)
        .flatMap(chunk -> knowledge.source(scope, chunk.ref().source()))
        .isPresent();
  }

  @Override
  public void embedded(BotScope scope, VersionRef ref, long logPosition) {
    change(scope, ref, version -> version.announced(logPosition));
  }

  @Override
  public void fail(BotScope scope, VersionRef ref, String sentence, Instant now) {
    change(scope, ref, version -> version.ended(DocumentStatus.ERROR, sentence, now));
  }

  @Override
  public void removeRows(BotScope scope, SourceId source) {
    scope.require(Permission.WRITE);
    knowledge.database.run(() ->
        knowledge
            .source(scope, source)
            .filter(kept -> !knowledge.isVisible(kept))
            .ifPresent(kept -> {
              knowledge.sources.put(source, kept.gone());
              knowledge
                  .versions
                  .values()
                  .map(KeptVersion::ref)
                  .filter(ref -> ref.source().equals(source))
                  .forEach(this::removeVersion);
            }));
  }

  private void removeVersion(VersionRef ref) {
    knowledge.chunksOf(ref).forEach(knowledge::removeChunk);
    removePages(ref);
    knowledge.versions.remove(ref);
  }

  private void change(BotScope scope, VersionRef ref, UnaryOperator<KeptVersion> change) {
    atWork(scope, ref, version -> knowledge.versions.put(ref, change.apply(version)));
  }

  private void atWork(BotScope scope, VersionRef ref, Consumer<KeptVersion> work) {
    scope.require(Permission.WRITE);
    knowledge.database.run(() -> knowledge.atWork(scope, ref).ifPresent(work));
  }
}
