/** OpenAI's models, and all that speak its protocol. */
@NullMarked
package io.parley.adapter.ai.openai;

import org.jspecify.annotations.NullMarked;
