package io.parley.adapter.vectorstore.pinecone;

import io.parley.adapter.vectorstore.remote.Attempts;
import io.parley.adapter.vectorstore.remote.Breaker;
import io.parley.adapter.vectorstore.remote.Patience;
import io.pinecone.configs.PineconeConfig;
import io.pinecone.configs.PineconeConnection;
import io.pinecone.proto.VectorServiceGrpc.VectorServiceBlockingStub;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One connection to an index; every call has a deadline and is tried again where that may help. */
final class PineconeCalls implements AutoCloseable {
  private final PineconeConnection connection;
  private final Patience changing;
  private final Patience searching;
  private final Breaker breaker = new Breaker(PineconeFailures.BACKEND);

  private PineconeCalls(PineconeConnection connection, Patience changing, Patience searching) {
    this.connection = connection;
    this.changing = changing;
    this.searching = searching;
  }

  /** Connects when the first call is made. */
  static PineconeCalls open(PineconeVectorStoreConfig config, String host) {
    PineconeConfig client = new PineconeConfig(config.apiKey().reveal());
    client.setHost(host);
    client.setTLSEnabled(config.isEncrypted());
    return new PineconeCalls(
        new PineconeConnection(client, config.index()), config.changing(), config.searching());
  }

  /** For what nobody waits for. */
  <T> T change(Function<VectorServiceBlockingStub, T> call) {
    return new Attempts(changing, PineconeFailures::of).of(() -> call.apply(stub(changing)));
  }

  /** For what somebody waits for. */
  <T> T search(Function<VectorServiceBlockingStub, T> call) {
    return new Attempts(searching, PineconeFailures::of)
        .of(breaker, () -> call.apply(stub(searching)));
  }

  private VectorServiceBlockingStub stub(Patience patience) {
    return connection
        .getBlockingStub()
        .withDeadlineAfter(patience.call().toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    connection.close();
  }
}
