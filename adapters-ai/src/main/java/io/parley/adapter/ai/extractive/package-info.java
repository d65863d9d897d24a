/** Answers without a language model: the sentences of the passages that answer, or nothing. */
@NullMarked
package io.parley.adapter.ai.extractive;

import org.jspecify.annotations.NullMarked;
