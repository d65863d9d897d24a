package io.parley.adapter.vectorstore.pinecone;

import io.parley.adapter.vectorstore.remote.Attempts;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import io.pinecone.clients.Pinecone;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.openapitools.db_control.client.model.IndexModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The index of a generation, by the interface that makes and describes indexes. */
final class PineconeIndex {
  private static final Logger LOG = LoggerFactory.getLogger(PineconeIndex.class);
  private static final String METRIC = "cosine";
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final PineconeVectorStoreConfig config;
  private final Pinecone client;
  private final Attempts attempts;

  PineconeIndex(PineconeVectorStoreConfig config) {
    this.config = config;
    this.attempts = new Attempts(config.changing(), PineconeFailures::of);
    this.client =
        new Pinecone.Builder(config.apiKey().reveal())
            .withOkHttpClient(http(config))
            .withTlsEnabled(config.isEncrypted())
            .build();
  }

  /** A redirect would carry the key to whoever it names. */
  private static OkHttpClient http(PineconeVectorStoreConfig config) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .callTimeout(config.changing().call());
    URI elsewhere = config.controlPlane();
    return elsewhere == null ? builder.build() : builder.addInterceptor(to(elsewhere)).build();
  }

  private static Interceptor to(URI elsewhere) {
    HttpUrl there = HttpUrl.get(elsewhere);
    return chain -> sent(chain, there);
  }

  private static Response sent(Interceptor.Chain chain, @Nullable HttpUrl there)
      throws IOException {
    if (there == null) {
      throw new IOException("Not a URL.");
    }
    HttpUrl url =
        chain
            .request()
            .url()
            .newBuilder()
            .scheme(there.scheme())
            .host(there.host())
            .port(there.port())
            .build();
    return chain.proceed(chain.request().newBuilder().url(url).build());
  }

  /** What Pinecone knows of it; empty when it is not there. */
  Optional<IndexModel> find() {
    try {
      return Optional.of(attempts.of(() -> client.describeIndex(config.index())));
    } catch (PortFailure e) {
      if (PineconeFailures.isMissing(e)) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Makes it when it is missing, and waits until it can be used.
   *
   * @return the host of its vectors
   * @throws PortFailure {@code INVALID_CONFIGURATION} when it is one for other vectors
   */
  String ensure() {
    if (find().isEmpty()) {
      create();
    }
    IndexModel index = awaitReady();
    requireFitting(index);
    return index.getHost();
  }

  /** Another server may do the same at the same time. */
  private void create() {
    try {
      attempts.of(() ->
          client.createServerlessIndex(
              config.index(),
              METRIC,
              config.dimension(),
              config.cloud(),
              config.region(),
              "disabled",
              Map.of("made-by", "parley")));
      LOG.info(
          "made the index {} in Pinecone for {} dimensions", config.index(), config.dimension());
    } catch (PortFailure e) {
      if (find().isEmpty()) {
        throw e;
      }
    }
  }

  private IndexModel awaitReady() {
    long deadline = System.nanoTime() + config.ready().toNanos();
    while (true) {
      Optional<IndexModel> index =
          find().filter(found -> Boolean.TRUE.equals(found.getStatus().getReady()));
      if (index.isPresent()) {
        return index.get();
      }
      if (System.nanoTime() > deadline) {
        throw PineconeFailures.failure(
            Kind.TIMEOUT, "The new index of Pinecone is not ready yet. Start again later.", null);
      }
      Pauses.of(LOOK_AGAIN);
    }
  }

  /** Removes it with all that is in it, and waits until it is gone; a missing one is no error. */
  void drop() {
    try {
      attempts.of(() -> {
        client.deleteIndex(config.index());
        return true;
      });
    } catch (PortFailure e) {
      if (!PineconeFailures.isMissing(e)) {
        throw e;
      }
    }
    long deadline = System.nanoTime() + config.ready().toNanos();
    while (find().isPresent()) {
      if (System.nanoTime() > deadline) {
        throw PineconeFailures.failure(
            Kind.TIMEOUT,
            "Pinecone has not removed the index " + config.index() + " yet. Look again later.",
            null);
      }
      Pauses.of(LOOK_AGAIN);
    }
  }

  private void requireFitting(IndexModel index) {
    Integer dimension = index.getDimension();
    if (dimension == null || dimension != config.dimension() || !METRIC.equals(index.getMetric())) {
      throw PineconeFailures.failure(
          Kind.INVALID_CONFIGURATION,
          "The index "
              + config.index()
              + " of Pinecone is for vectors of "
              + dimension
              + " numbers by "
              + index.getMetric()
              + ", not of "
              + config.dimension()
              + " by cosine. Remove it in Pinecone's console and start again: it is built anew from"
              + " the database.",
          null);
    }
  }
}
