package io.parley.domain.port.storage;

import io.parley.domain.document.BlobKey;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** The other end of the preview links of a store that has no web server of its own. */
public interface SignedBlobs {

  /**
   * Opens what a signed link points to; empty for a forged or expired link, and for a blob that is
   * gone.
   */
  Optional<SignedBlob> open(String token);

  /**
   * A blob with the way that it presents itself. Close the content.
   *
   * @param key what the link was made for; the caller asks whether that is still to be seen
   * @param storedAt when the bytes came to lie there, to the second at least
   */
  record SignedBlob(BlobKey key, InputStream content, long size, Instant storedAt, PreviewAs as) {}
}
