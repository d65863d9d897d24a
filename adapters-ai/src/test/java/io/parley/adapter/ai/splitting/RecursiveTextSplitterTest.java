package io.parley.adapter.ai.splitting;

import io.parley.domain.port.ai.TextSplitter;
import io.parley.testkit.ai.TextSplitterContract;

class RecursiveTextSplitterTest extends TextSplitterContract {
  @Override
  protected TextSplitter splitter() {
    return new RecursiveTextSplitter();
  }
}
