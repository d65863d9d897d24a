/** Checksums of bytes on their way from one place to another. */
@NullMarked
package io.parley.application.digest;

import org.jspecify.annotations.NullMarked;
