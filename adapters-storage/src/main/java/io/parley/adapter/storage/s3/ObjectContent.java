package io.parley.adapter.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of an object. What breaks on the way is a {@link io.parley.domain.port.PortFailure}, so
 * that nobody takes the beginning for the whole; so is a transfer that takes longer than allowed.
 */
final class ObjectContent extends InputStream {
  private final ResponseInputStream<GetObjectResponse> content;
  private final S3Failures failures;
  private final long deadline;
  private final long whole;
  private long taken;
  private boolean ended;

  ObjectContent(
      ResponseInputStream<GetObjectResponse> content, S3Failures failures, Duration longest) {
    this.content = content;
    this.failures = failures;
    Long length = content.response().contentLength();
    this.whole = length == null ? 0 : length;
    this.deadline = System.nanoTime() + longest.toNanos();
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (System.nanoTime() - deadline > 0) {
      throw failures.tooSlow();
    }
    try {
      int read = content.read(target, offset, length);
      taken += Math.max(0, read);
      ended = read < 0;
      if (ended && taken < whole) {
        throw new IOException("Cut off after " + taken + " of " + whole + " bytes.");
      }
      return read;
    } catch (IOException e) {
      throw failures.reading(e);
    } catch (SdkException e) {
      throw failures.of(S3Action.READ, e);
    }
  }

  /** Ends the connection instead of reading what is left. */
  @Override
  public void close() throws IOException {
    if (ended) {
      content.close();
    } else {
      content.abort();
    }
  }
}
