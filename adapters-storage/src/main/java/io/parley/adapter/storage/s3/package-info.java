/** Blobs as objects of a bucket in S3, or in what speaks its protocol. */
@NullMarked
package io.parley.adapter.storage.s3;

import org.jspecify.annotations.NullMarked;
