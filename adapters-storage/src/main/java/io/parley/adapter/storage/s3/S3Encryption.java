package io.parley.adapter.storage.s3;

/** What the store is asked to encrypt objects with, where they lie. */
public enum S3Encryption {
  /** Keys that the store keeps itself, SSE-S3. */
  AES256,
  /** A key of the provider's key management, SSE-KMS. */
  KMS,
  /** Nothing is asked for; what the bucket does by itself, it does. For servers that refuse. */
  NONE
}
