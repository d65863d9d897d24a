package io.parley.adapter.storage.s3;

import io.parley.domain.port.Secret;
import org.jspecify.annotations.Nullable;

/**
 * An access key.
 *
 * @param sessionToken for a temporary key
 */
public record S3Credentials(
    String accessKeyId, Secret secretAccessKey, @Nullable Secret sessionToken) {}
