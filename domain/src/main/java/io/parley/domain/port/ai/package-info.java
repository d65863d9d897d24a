/** What Parley needs from models, and from the programs that turn files into text. */
@NullMarked
package io.parley.domain.port.ai;

import org.jspecify.annotations.NullMarked;
