package io.parley.application.transfer;

import io.parley.application.document.JobScheduler;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.IngestionRepository;
import io.parley.domain.port.persistence.Persistence;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PutResult;
import io.parley.domain.retrieval.EmbeddingModel;
import io.parley.domain.transfer.ArchivedChunk;
import io.parley.domain.transfer.ArchivedSource;
import io.parley.domain.transfer.ArchivedVersion;
import io.parley.domain.transfer.Standing;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A document on its way in: bytes first, then all its rows and its work in one transaction. */
final class ArrivingDocument {
  private static final long REFUSED = -1;

  private final Persistence persistence;
  private final IngestionRepository ingestion;
  private final BlobStore blobs;
  private final BotScope scope;
  private final ArchivedSource source;
  private final List<ArchivedVersion> versions;
  private @Nullable VersionRef wrongFile;

  /** What became of it. */
  sealed interface Outcome {
    /** It is here; so many of its versions have work on them. */
    record Added(long work) implements Outcome {}

    /** Another import has brought it meanwhile, and its bytes are that one's. */
    record There() implements Outcome {}

    /** It, or its bot, was erased meanwhile. */
    record Erased() implements Outcome {}
  }

  private ArrivingDocument(
      Persistence persistence,
      BlobStore blobs,
      BotScope scope,
      ArchivedSource source,
      List<ArchivedVersion> versions) {
    this.persistence = persistence;
    this.ingestion = persistence.ingestion();
    this.blobs = blobs;
    this.scope = scope;
    this.source = source;
    this.versions = versions;
  }

  static ArrivingDocument of(
      Persistence persistence,
      BlobStore blobs,
      BotGrant grant,
      ArchivedSource source,
      List<ArchivedVersion> versions) {
    Actor worker = new Actor.Worker(grant.tenant(), grant.bot());
    return switch (Access.check(worker, grant, Permission.WRITE)) {
      case Access.Decision.Granted(BotScope scope) ->
          new ArrivingDocument(persistence, blobs, scope, source, versions);
      case Access.Decision.Forbidden _, Access.Decision.Hidden _ ->
          throw new IllegalStateException("A worker may work on its bot.");
    };
  }

  /**
   * Bytes that a run which broke off has left there are replaced. Wrong ones do no harm to a
   * document that was left out.
   */
  void file(ArchivedVersion version, InputStream content) {
    BlobKey key = BlobKey.of(scope, version.ref(), version.name());
    PutResult result = blobs.write(key, content, version.size());
    if (!result.equals(new PutResult.Stored(version.size(), version.sha256()))) {
      wrongFile = version.ref();
    }
  }

  /** Removes the bytes of a document that does not come after all. */
  void forget() {
    if (standing() != Standing.THERE) {
      blobs.deleteAll(scope, source.id());
    }
  }

  private Standing standing() {
    return persistence.transfer().of(source.id(), source.bot());
  }

  Outcome add(ArchivedTexts texts, JobScheduler jobs, Instant now, Runnable between) {
    if (wrongFile != null) {
      throw ArchiveDamage.at(
          "files/" + wrongFile.source() + "/" + wrongFile.version(),
          "the file is not the one that was checked before");
    }
    FirstAttempt first = new FirstAttempt();
    long work =
        persistence
            .transactions()
            .inTransaction(() -> {
              first.require();
              return addRows(texts, jobs, now, between);
            });
    return work == REFUSED ? whyRefused() : new Outcome.Added(work);
  }

  private Outcome whyRefused() {
    boolean hasBot = persistence.transfer().grant(source.bot()).isPresent();
    return switch (standing()) {
      case THERE, FOREIGN, USERNAME_TAKEN, EMAIL_TAKEN -> new Outcome.There();
      case ERASED -> erased();
      case NEW -> {
        if (hasBot) {
          throw ArchiveDamage.at(
              "documents/" + source.id(), "its bot has another chapter \"" + source.slug() + "\"");
        }
        yield erased();
      }
    };
  }

  private Outcome erased() {
    forget();
    return new Outcome.Erased();
  }

  private long addRows(ArchivedTexts texts, JobScheduler jobs, Instant now, Runnable between) {
    if (!persistence.transfer().add(scope, source)) {
      return REFUSED;
    }
    versions.forEach(version -> persistence.transfer().add(scope, version));
    texts.areStoredIn(
        (ref, number) -> ingestion.pagesAfter(scope, ref, number - 1, 1).getFirst().text());
    for (Optional<ArchivedTexts.Portion> some = texts.next();
        some.isPresent();
        some = texts.next()) {
      add(some.get());
      between.run();
    }
    List<VersionRef> unfinished = new ArrayList<>();
    for (ArchivedVersion version : versions) {
      if (hasWork(version, now)) {
        unfinished.add(version.ref());
      }
    }
    unfinished.forEach(ref -> jobs.ingest(scope, ref));
    return unfinished.size();
  }

  private void add(ArchivedTexts.Portion portion) {
    ingestion.addPages(scope, portion.ref(), portion.pages());
    ingestion.addChunks(scope, portion.chunks().stream().map(ArchivedChunk::chunk).toList());
    Map<EmbeddingModel, Map<ChunkId, float[]>> byModel = new HashMap<>();
    for (ArchivedChunk chunk : portion.chunks()) {
      chunk
          .embeddings()
          .forEach((model, vector) ->
              byModel.computeIfAbsent(model, _ -> new HashMap<>()).put(chunk.chunk().id(), vector));
    }
    byModel.forEach((model, vectors) -> ingestion.addEmbeddings(scope, model, vectors));
  }

  /**
   * Puts a version where it goes on. The one that serves has its chunks: what is left to do is what
   * this installation's model lacks, and the log's entry. One that has no text is made anew.
   */
  private boolean hasWork(ArchivedVersion version, Instant now) {
    VersionRef ref = version.ref();
    if (version.hasText()) {
      ingestion.extracted(scope, ref, version.title(), version.language(), version.pages());
      ingestion.split(scope, ref, version.chunks());
    }
    if (version.status() == DocumentStatus.ERROR) {
      ingestion.fail(
          scope,
          ref,
          Optional.ofNullable(version.errorMessage()).orElse("This could not be read."),
          Optional.ofNullable(version.processedAt()).orElse(now));
      return false;
    }
    if (version.status() == DocumentStatus.COMPLETE && isReplaced(version)) {
      persistence.transfer().complete(scope, ref, version.processedAt());
      return false;
    }
    return true;
  }

  /** Only who cites it reads it. */
  private boolean isReplaced(ArchivedVersion version) {
    Integer serving = source.servingVersion();
    return serving != null && serving > version.ref().version();
  }
}
