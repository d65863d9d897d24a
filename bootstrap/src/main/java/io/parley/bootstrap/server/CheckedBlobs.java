package io.parley.bootstrap.server;

import io.parley.adapter.storage.filesystem.FilesystemBlobConfig;
import io.parley.adapter.storage.filesystem.FilesystemBlobStore;
import io.parley.adapter.storage.s3.S3BlobConfig;
import io.parley.adapter.storage.s3.S3BlobStore;
import io.parley.application.check.BlobStoreProbe.OpenBlobs;
import io.parley.application.check.LinkReader;
import io.parley.application.check.Subject;
import io.parley.bootstrap.settings.BlobPlace;
import io.parley.bootstrap.settings.Settings;
import io.parley.domain.port.Secret;
import io.parley.domain.port.storage.SignedBlobs;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The blob store that the settings choose, and how its preview links are opened. */
record CheckedBlobs(Settings settings, Path scratch) {

  Subject subject() {
    BlobPlace place = settings.blobs();
    return place.bucket() == null
        ? new Subject(
            place.description(),
            "Check PARLEY_BLOB_DIR, its permissions and the space on its disk.")
        : new Subject(
            place.description(),
            "Check S3_BUCKET_NAME, AWS_REGION, AWS_ENDPOINT_URL_S3 and the access key;"
                + " docs/setup/s3.md lists the permissions that it needs.");
  }

  OpenBlobs open() {
    S3BlobConfig s3 = settings.blobs().bucket();
    if (s3 == null) {
      return directory();
    }
    S3BlobStore store = S3BlobStore.open(s3);
    Links links = new Links();
    return new OpenBlobs(
        store,
        store::requireUsable,
        links,
        () -> {
          links.client.close();
          store.close();
        });
  }

  /** One that nothing was ever written to is not begun: one of the doctor's own beside it is. */
  private OpenBlobs directory() {
    boolean used = Files.isDirectory(settings.blobs().directory().resolve("documents"));
    FilesystemBlobStore store =
        FilesystemBlobStore.open(
            new FilesystemBlobConfig(
                used ? settings.blobs().directory() : scratch.resolve("blobs"),
                new Secret(UUID.randomUUID().toString() + UUID.randomUUID()),
                InstantSource.system()));
    return new OpenBlobs(store, store::requireUsable, new OwnLinks(store), () -> {});
  }

  /** Links that another server answers. */
  private static final class Links implements LinkReader {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(LIMIT).build();

    @Override
    public boolean ranges() {
      return true;
    }

    @Override
    public Fetched fetch(URI link, @Nullable String range) throws Exception {
      HttpRequest.Builder request = HttpRequest.newBuilder(link).timeout(LIMIT).GET();
      if (range != null) {
        request.header("Range", range);
      }
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      return new Fetched(answer.statusCode(), answer.body());
    }
  }

  /** Links that Parley's server answers, looked up as it does. */
  private record OwnLinks(SignedBlobs blobs) implements LinkReader {
    private static final int FOUND = 200;
    private static final int MISSING = 404;

    @Override
    public boolean ranges() {
      return false;
    }

    @Override
    public Fetched fetch(URI link, @Nullable String range) throws Exception {
      String path = link.getPath();
      Optional<SignedBlobs.SignedBlob> found =
          blobs.open(path.substring(path.lastIndexOf('/') + 1));
      if (found.isEmpty()) {
        return new Fetched(MISSING, new byte[0]);
      }
      try (InputStream content = found.get().content()) {
        return new Fetched(FOUND, content.readAllBytes());
      }
    }
  }
}
