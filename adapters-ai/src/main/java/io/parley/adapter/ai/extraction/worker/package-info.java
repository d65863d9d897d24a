/**
 * What runs in the child process: one parser a file type, the frames that it talks in, and the
 * refusal of every network call. Nothing here is called inside the server but {@link
 * io.parley.adapter.ai.extraction.worker.Wire}, the values that it carries, and the counting of
 * cells by which a table is told from plain text.
 */
@NullMarked
package io.parley.adapter.ai.extraction.worker;

import org.jspecify.annotations.NullMarked;
