package io.parley.domain.port.storage;

import java.net.URI;
import java.time.Instant;

/**
 * A link to a blob.
 *
 * @param uri absolute, or relative to the server's root where Parley itself serves the blob
 */
public record PreviewLink(URI uri, Instant expiresAt) {}
