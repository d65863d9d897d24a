package io.parley.testkit.storage;

import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A server that speaks the protocol of S3, in this process and with everything in memory. Needs
 * {@code org.gaul:s3proxy} on the class path.
 */
public final class LocalS3 implements AutoCloseable {
  public static final String REGION = "us-east-1";
  public static final String ACCESS_KEY = "local-access-key";
  public static final String SECRET_KEY = "local-secret-key";

  private final TransientNio2BlobStore objects = new TransientNio2BlobStore();
  private final LocalS3Permissions permissions = new LocalS3Permissions();
  private final boolean guarded;
  private final S3Proxy server;

  private LocalS3(boolean guarded) {
    this.guarded = guarded;
    this.server =
        S3Proxy.builder()
            .blobStore(guarded ? permissions.guard(objects) : objects)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
            .build();
  }

  /** Starts it on any free port. */
  public static LocalS3 start() {
    return started(new LocalS3(false));
  }

  /**
   * The same with an access key from which permissions can be taken. Writes under a condition are
   * not atomic there.
   */
  public static LocalS3 startWithPermissions() {
    return started(new LocalS3(true));
  }

  private static LocalS3 started(LocalS3 started) {
    try {
      started.server.start();
      return started;
    } catch (Exception e) {
      throw new IllegalStateException("The local S3 server does not start.", e);
    }
  }

  /** Where it answers; buckets go into the path. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  /**
   * Takes a permission away from the access key, as a policy does that lacks it.
   *
   * @param action such as {@code s3:DeleteObject}
   */
  public void refuse(String action) {
    if (!guarded) {
      throw new IllegalStateException("Start it with permissions.");
    }
    permissions.refuse(action);
  }

  /** Gives the access key all permissions again. */
  public void permitAll() {
    permissions.permitAll();
  }

  /** The name of a new, empty bucket. */
  public String newBucket() {
    String name = "bucket-" + UUID.randomUUID();
    objects.createContainer(name);
    return name;
  }

  /** Lets a bucket keep every version from now on. */
  public void keepVersions(String bucket) {
    objects.putBucketVersioning(bucket, BucketVersioningStatus.ENABLED);
  }

  /** The keys of what lies in a bucket. */
  public List<String> keys(String bucket) {
    return objects.list(bucket).contents().stream().map(S3Object::key).toList();
  }

  /** The keys of all versions that a bucket keeps, with those of the markers of removals. */
  public List<String> versions(String bucket) {
    var kept = objects.listVersions(ListObjectVersionsRequest.builder().bucket(bucket).build());
    List<String> keys = new ArrayList<>();
    kept.versions().forEach(version -> keys.add(version.key()));
    kept.deleteMarkers().forEach(marker -> keys.add(marker.key()));
    return keys;
  }

  /** Puts what Parley did not put. */
  public void put(String bucket, String key) {
    objects.putBlob(
        PutObjectRequest.builder().bucket(bucket).key(key).contentLength(0L).build(),
        InputStream.nullInputStream());
  }

  /** Removes an object as somebody else would: where versions are kept, they stay. */
  public void remove(String bucket, String key) {
    objects.removeBlob(bucket, key);
  }

  /** How many uploads in parts are neither finished nor given up. */
  public int unfinished(String bucket) {
    return objects.listMultipartUploads(bucket).size();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The local S3 server does not stop.", e);
    }
  }
}
