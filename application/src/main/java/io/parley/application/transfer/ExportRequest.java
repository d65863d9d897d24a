package io.parley.application.transfer;

import io.parley.domain.transfer.Selection;
import java.nio.file.Path;

/**
 * What is to be exported, and where to.
 *
 * @param replace whether a file that is there is replaced
 * @param madeBy the version of this program, which the archive says
 */
public record ExportRequest(Path file, Selection selection, boolean replace, String madeBy) {}
