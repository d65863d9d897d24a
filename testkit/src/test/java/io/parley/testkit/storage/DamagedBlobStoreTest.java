package io.parley.testkit.storage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.access.BotScope;
import io.parley.domain.access.UserScope;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.erasure.Retained;
import io.parley.domain.port.Portion;
import io.parley.domain.port.storage.BlobStore;
import io.parley.domain.port.storage.PreviewAs;
import io.parley.domain.port.storage.PreviewLink;
import io.parley.domain.port.storage.PutResult;
import io.parley.testkit.Scopes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract notices stores that are broken in the ways that it is there for. */
class DamagedBlobStoreTest {

  /** Does all as a sound store does. */
  private static class Sound implements BlobStore {
    private final InMemoryBlobStore inner = new InMemoryBlobStore();

    @Override
    public PutResult put(BotScope scope, BlobKey key, InputStream content, long maxBytes) {
      return inner.put(scope, key, content, maxBytes);
    }

    @Override
    public Optional<InputStream> open(BotScope scope, BlobKey key) {
      return inner.open(scope, key);
    }

    @Override
    public void delete(BotScope scope, BlobKey key) {
      inner.delete(scope, key);
    }

    @Override
    public void discard(BlobKey key) {
      inner.discard(key);
    }

    @Override
    public Portion<StoredBlob> list(@Nullable String from, int limit) {
      return inner.list(from, limit);
    }

    @Override
    public String placeOf(BlobKey key) {
      return inner.placeOf(key);
    }

    @Override
    public boolean holds(BlobKey key) {
      return inner.holds(key);
    }

    @Override
    public Optional<InputStream> read(BlobKey key) {
      return inner.read(key);
    }

    @Override
    public PutResult write(BlobKey key, InputStream content, long maxBytes) {
      return inner.write(key, content, maxBytes);
    }

    @Override
    public boolean remove(StoredBlob blob) {
      return inner.remove(blob);
    }

    @Override
    public int removeUnfinished() {
      return inner.removeUnfinished();
    }

    @Override
    public long count(BotScope scope, SourceId source) {
      return inner.count(scope, source);
    }

    @Override
    public long deleteAll(BotScope scope, SourceId source) {
      return inner.deleteAll(scope, source);
    }

    @Override
    public long count(UserScope owner) {
      return inner.count(owner);
    }

    @Override
    public long deleteAll(UserScope owner) {
      return inner.deleteAll(owner);
    }

    @Override
    public Set<Retained> retained() {
      return inner.retained();
    }

    @Override
    public PreviewLink preview(BotScope scope, BlobKey key, PreviewAs as, Duration validFor) {
      return inner.preview(scope, key, as, validFor);
    }
  }

  private static void run(BlobStore store, Consumer<BlobStoreContract> test) {
    BlobStoreContract contract =
        new BlobStoreContract() {
          @Override
          protected BlobStore create() {
            return store;
          }
        };
    contract.openStore();
    test.accept(contract);
  }

  private static void notices(BlobStore broken, Consumer<BlobStoreContract> test) {
    assertThatCode(() -> run(new Sound(), test)).doesNotThrowAnyException();
    assertThatThrownBy(() -> run(broken, test)).isInstanceOf(AssertionError.class);
  }

  /** A scope that the check cannot refuse. */
  private static BotScope pretended(BotScope scope, BlobKey key) {
    return Scopes.owned(scope.tenant(), key.owner(), scope.bot());
  }

  @Test
  void noticesAStoreThatForgetsTheScopeWhenItReads() {
    notices(
        new Sound() {
          @Override
          public Optional<InputStream> open(BotScope scope, BlobKey key) {
            return super.open(pretended(scope, key), key);
          }
        },
        BlobStoreContract::refusesAForeignScopeEverywhere);
  }

  @Test
  void noticesAStoreThatForgetsTheScopeWhenItDeletes() {
    BlobStore broken =
        new Sound() {
          @Override
          public void delete(BotScope scope, BlobKey key) {
            super.delete(pretended(scope, key), key);
          }
        };
    notices(broken, BlobStoreContract::refusesAForeignScopeEverywhere);
    notices(broken, BlobStoreContract::refusesWhatTheScopeDoesNotAllow);
  }

  @Test
  void noticesPartialContent() {
    notices(
        new Sound() {
          @Override
          public Optional<InputStream> open(BotScope scope, BlobKey key) {
            return super.open(scope, key).map(DamagedBlobStoreTest::withoutItsEnd);
          }
        },
        BlobStoreContract::keepsBlobsOfEverySizeAroundABuffer);
  }

  @Test
  void noticesAStoreThatForgetsWhatComesAfterTheFirstPart() {
    int part = 5 * 1024 * 1024;
    notices(
        new Sound() {
          @Override
          public PutResult put(BotScope scope, BlobKey key, InputStream content, long maxBytes) {
            try {
              return super.put(
                  scope, key, new ByteArrayInputStream(content.readNBytes(part)), maxBytes);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        },
        BlobStoreContract::keepsBlobsOfEverySizeAroundAPart);
  }

  private static InputStream withoutItsEnd(InputStream content) {
    try {
      byte[] bytes = content.readAllBytes();
      return new ByteArrayInputStream(Arrays.copyOf(bytes, Math.max(0, bytes.length - 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noticesAStoreThatWritesElsewhereWithoutAScope() {
    notices(
        new Sound() {
          @Override
          public PutResult write(BlobKey key, InputStream content, long maxBytes) {
            VersionRef later = new VersionRef(key.ref().source(), key.ref().version() + 1);
            return super.write(new BlobKey(key.owner(), later, key.name()), content, maxBytes);
          }
        },
        BlobStoreContract::readsAndWritesWithoutAScopeWhatAScopeReadsAndWrites);
  }

  @Test
  void noticesAStoreThatForgetsTheLimitWithoutAScope() {
    notices(
        new Sound() {
          @Override
          public PutResult write(BlobKey key, InputStream content, long maxBytes) {
            return super.write(key, content, Math.max(maxBytes, 1_000));
          }
        },
        BlobStoreContract::keepsTheOldBlobWhenAWriteWithoutAScopeFails);
  }

  @Test
  void noticesContentKeptAfterItWasDeleted() {
    notices(
        new Sound() {
          @Override
          public void delete(BotScope scope, BlobKey key) {
            // Says so, and keeps it.
          }
        },
        BlobStoreContract::deletesABlobAndMindsNoSecondTime);
  }

  @Test
  void noticesWhatIsKeptOfAStreamThatBroke() {
    BlobStore broken =
        new Sound() {
          @Override
          public PutResult put(BotScope scope, BlobKey key, InputStream content, long maxBytes) {
            InputStream start = new ByteArrayInputStream(new byte[] {1, 2, 3});
            super.put(scope, key, start, maxBytes);
            return super.put(scope, key, content, maxBytes);
          }
        };
    notices(broken, BlobStoreContract::keepsNothingOfAStreamThatBreaks);
    notices(broken, BlobStoreContract::leavesTheOldBlobWhenTheStreamBreaks);
  }

  @Test
  void noticesAListThatForgetsWhatLiesBehindTheFirstPortion() {
    BlobStore broken =
        new Sound() {
          @Override
          public Portion<StoredBlob> list(@Nullable String from, int limit) {
            return new Portion<>(super.list(from, limit).items(), null);
          }
        };
    notices(broken, BlobStoreContract::listsEachBlobOnceHoweverSmallThePortions);
  }

  @Test
  void noticesAStoreThatRemovesWhatWasWrittenSinceItWasListed() {
    BlobStore broken =
        new Sound() {
          @Override
          public boolean remove(StoredBlob blob) {
            return list(null, 1_000).items().stream()
                .filter(there -> there.place().equals(blob.place()))
                .anyMatch(super::remove);
          }
        };
    notices(broken, BlobStoreContract::leavesABlobThatWasWrittenSinceItWasListed);
  }
}
