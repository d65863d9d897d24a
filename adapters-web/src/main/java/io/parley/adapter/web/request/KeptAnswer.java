package io.parley.adapter.web.request;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.parley.domain.port.persistence.IdempotencyRepository.Claim;
import java.nio.charset.StandardCharsets;

/** How answers are kept under keys, and given again. */
final class KeptAnswer {
  /** The header of an answer that is given again. */
  static final String REPLAYED = "Idempotent-Replayed";

  /** The content type of an answer of which only the reference is kept. */
  static final String REFERENCE = "text/plain";

  /** What the digest of a streamed body is behind, in the content type. */
  static final String DIGEST = "; parley-body=";

  private KeptAnswer() {}

  static HttpResponse<?> replay(Claim.Answered answered) {
    String type = answered.contentType();
    int suffix = type.indexOf(DIGEST);
    MutableHttpResponse<byte[]> response =
        HttpResponse.<byte[]>status(answered.status(), "Replayed")
            .contentType(suffix < 0 ? type : type.substring(0, suffix))
            .header(REPLAYED, "true");
    return answered.body().isEmpty()
        ? response
        : response.body(answered.body().getBytes(StandardCharsets.UTF_8));
  }
}
