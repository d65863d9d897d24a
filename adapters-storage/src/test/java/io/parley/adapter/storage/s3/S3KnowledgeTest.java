package io.parley.adapter.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.Parley;
import io.parley.application.ParleyBuilder;
import io.parley.application.document.IncomingFile;
import io.parley.application.document.UploadResult;
import io.parley.application.reconciliation.Onlooker;
import io.parley.application.reconciliation.ReconcileStores.Result;
import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.User;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.Bot;
import io.parley.domain.bot.BotProfile;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.Document;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.DocumentStatus;
import io.parley.domain.document.ErasureId;
import io.parley.domain.document.Metadata;
import io.parley.domain.document.PageText;
import io.parley.domain.document.TextSpan;
import io.parley.domain.erasure.ErasureReceipt;
import io.parley.domain.port.ai.ExtractionResult;
import io.parley.domain.port.ai.ReaderIsolation;
import io.parley.domain.port.ai.TextExtractor;
import io.parley.testkit.ai.HashingEmbedder;
import io.parley.testkit.ai.ScriptedChatModel;
import io.parley.testkit.memory.InMemoryPersistence;
import io.parley.testkit.storage.LocalS3;
import io.parley.testkit.vectorstore.InMemoryKeywordIndex;
import io.parley.testkit.vectorstore.InMemoryVectorStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Uploading, erasing and reconciling over a bucket. */
@ExtendWith(SharedS3.class)
class S3KnowledgeTest {
  private static final int DIMENSION = 64;

  private final InMemoryPersistence database = new InMemoryPersistence();
  private final LocalS3 server;
  private final String bucket;
  private final S3BlobStore blobs;

  S3KnowledgeTest(LocalS3 server) {
    this.server = server;
    this.bucket = server.newBucket();
    this.blobs = S3BlobStore.open(SharedS3.config(server, bucket));
  }

  private ParleyBuilder parley() {
    return Parley.builder()
        .persistence(database)
        .with(builder -> {
          builder.blobStore(blobs);
          return blobs;
        })
        .contentTypeDetector((_, _) -> Optional.of(ContentType.TEXT))
        .textExtractor(new OnePage())
        .textSplitter((page, _, _) -> List.of(new TextSpan(0, page.text().length())))
        .embedder(new HashingEmbedder(DIMENSION))
        .vectorStore(new InMemoryVectorStore(DIMENSION))
        .keywordIndex(new InMemoryKeywordIndex())
        .chatModel(new ScriptedChatModel("silent", ""))
        .eraseAgainAfter(Duration.ofMillis(10));
  }

  private static final class OnePage implements TextExtractor {
    @Override
    public ExtractionResult extract(
        InputStream content, ContentType type, Consumer<PageText> onPage) {
      try {
        onPage.accept(
            PageText.plain(1, new String(content.readAllBytes(), StandardCharsets.UTF_8)));
        return new ExtractionResult.Extracted(null, 1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public ReaderIsolation tryIsolation() {
      return new ReaderIsolation(false, false, List.of(), Set.of(), 1);
    }

    @Override
    public void close() {}
  }

  private Actor.Person owner() {
    User user =
        new User(
            new UserId(UUID.randomUUID()),
            new TenantId(UUID.randomUUID()),
            null,
            null,
            null,
            null,
            null,
            0,
            false,
            true,
            false,
            Instant.EPOCH,
            null,
            User.FREE,
            null);
    database.users().register(user);
    return Actor.Person.of(user.tenant(), user.id(), false);
  }

  private static BotScope newBot(Parley parley, Actor.Person owner) {
    Bot bot = parley.createBot().create(Access.own(owner), BotProfile.named("Bees"));
    return ((Access.Decision.Granted)
            parley.authorizeBot().check(owner, bot.id(), Permission.WRITE))
        .scope();
  }

  private Document complete(Parley parley, BotScope scope, String name) {
    IncomingFile file =
        new IncomingFile(
            DocumentName.of(name),
            Metadata.EMPTY,
            new ByteArrayInputStream(
                ("Ada keeps bees in " + name).getBytes(StandardCharsets.UTF_8)));
    Document added =
        ((UploadResult.Accepted) parley.documents().upload().upload(scope, file)).document();
    await(() -> document(scope, added).status() == DocumentStatus.COMPLETE);
    return added;
  }

  private Document document(BotScope scope, Document document) {
    return database.documents().find(scope, document.id()).orElseThrow();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void whatIsErasedIsCountedRemovedAndReadBack() {
    Actor.Person person = owner();
    try (Parley parley = parley().build().start()) {
      BotScope scope = newBot(parley, person);
      Document kept = complete(parley, scope, "kept.txt");
      Document erased = complete(parley, scope, "erased.txt");
      assertThat(blobs.count(Access.own(person))).isEqualTo(2);

      ErasureId erasure =
          parley.documents().erase().eraseDocument(scope, erased.id()).orElseThrow();
      await(() -> receipt(parley, person, erasure).state() == ErasureReceipt.State.VERIFIED);

      assertThat(receipt(parley, person, erasure).removals())
          .filteredOn(r -> r.place().store() == ErasureReceipt.Store.BLOBS)
          .anyMatch(r -> r.count() == 1);
      assertThat(blobs.count(scope, erased.id())).isZero();
      assertThat(blobs.count(scope, kept.id())).isEqualTo(1);
      assertThat(server.keys(bucket)).singleElement().asString().endsWith("/kept.txt");
    }
  }

  private static ErasureReceipt receipt(Parley parley, Actor.Person person, ErasureId erasure) {
    return parley.documents().receipts().find(Access.own(person), erasure).orElseThrow();
  }

  @Test
  void reconcilingFindsWhatIsMissingAndWhatIsForeign() {
    Actor.Person person = owner();
    try (Parley parley = parley().build().start()) {
      BotScope scope = newBot(parley, person);
      complete(parley, scope, "kept.txt");
      complete(parley, scope, "lost.txt");
      server.put(bucket, "documents/foreign.txt");
      String lost =
          server.keys(bucket).stream()
              .filter(key -> key.endsWith("lost.txt"))
              .findFirst()
              .orElseThrow();
      server.remove(bucket, lost);

      var result = (Result.Done) parley.reconcileStores().run(false, Onlooker.NONE);

      assertThat(result.report().stores())
          .filteredOn(store -> store.store().equals("blobs"))
          .singleElement()
          .satisfies(found -> {
            assertThat(found.missing()).isEqualTo(1);
            assertThat(found.details()).anyMatch(d -> d.what().contains("documents/foreign.txt"));
          });
    }
  }
}
