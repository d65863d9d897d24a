/**
 * Files turned into text. Hostile bytes are parsed in a child process that can be killed; the
 * server itself looks only at the first bytes of a file, to tell its type.
 */
@NullMarked
package io.parley.adapter.ai.extraction;

import org.jspecify.annotations.NullMarked;
