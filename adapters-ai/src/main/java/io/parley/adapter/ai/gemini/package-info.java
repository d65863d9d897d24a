/** Google's Gemini models, by its own protocol. */
@NullMarked
package io.parley.adapter.ai.gemini;

import org.jspecify.annotations.NullMarked;
