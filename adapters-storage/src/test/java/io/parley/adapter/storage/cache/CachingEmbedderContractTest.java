package io.parley.adapter.storage.cache;

import io.parley.adapter.storage.memory.MemoryCache;
import io.parley.adapter.storage.memory.MemoryCacheConfig;
import io.parley.domain.port.ai.Embedder;
import io.parley.testkit.ai.EmbedderContract;
import io.parley.testkit.ai.HashingEmbedder;

class CachingEmbedderContractTest extends EmbedderContract {
  @Override
  protected Embedder open() {
    return CachingEmbedder.open(
        new HashingEmbedder(256), MemoryCache.open(MemoryCacheConfig.defaults()));
  }
}
