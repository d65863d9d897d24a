/**
 * Archives of an export: a ZIP with JSON lines, the original files, and the checksums of all. Files
 * are written and read from their beginning to their end, in memory that does not grow with them.
 */
@NullMarked
package io.parley.adapter.storage.archive;

import org.jspecify.annotations.NullMarked;
