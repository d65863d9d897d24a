package io.parley.adapter.storage.s3;

import io.parley.domain.account.UserId;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keys of objects: {@code documents/{user_id}/{document_id}/{filename}}, and {@code
 * …/v{n}/{filename}} from the second version on.
 */
final class ObjectKeys {
  /** All blobs lie below it. */
  static final String DOCUMENTS = "documents/";

  private static final String UUID_TEXT =
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Pattern OURS =
      Pattern.compile(DOCUMENTS + UUID_TEXT + "/(" + UUID_TEXT + ")/(?:v([1-9][0-9]{0,8})/)?[^/]+");

  private ObjectKeys() {}

  static String of(BlobKey key) {
    VersionRef ref = key.ref();
    String folder = below(key.owner(), ref.source());
    String version = ref.version() == 1 ? "" : "v" + ref.version() + "/";
    return folder + version + ObjectName.of(key.name());
  }

  static String below(UserId owner) {
    return DOCUMENTS + owner + "/";
  }

  static String below(UserId owner, SourceId source) {
    return below(owner) + source + "/";
  }

  /** Whose bytes lie under a key; absent when the key is none of Parley's. */
  static @Nullable VersionRef ref(String key) {
    Matcher ours = OURS.matcher(key);
    if (!ours.matches()) {
      return null;
    }
    String version = ours.group(2);
    SourceId source = new SourceId(UUID.fromString(ours.group(1)));
    return new VersionRef(source, version == null ? 1 : Integer.parseInt(version));
  }
}
