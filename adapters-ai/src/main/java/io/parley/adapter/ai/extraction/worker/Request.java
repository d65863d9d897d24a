package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.document.ContentType;

/**
 * One file to read.
 *
 * @param file absolute path, readable by the child
 * @param maxText most UTF-16 units of text of all pages together
 * @param maxPages most pages
 */
public record Request(String file, ContentType type, long maxText, int maxPages) {}
