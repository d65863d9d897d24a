/** Embeddings in the process: a small quantised model from Maven Central, run by ONNX Runtime. */
@NullMarked
package io.parley.adapter.ai.local;

import org.jspecify.annotations.NullMarked;
