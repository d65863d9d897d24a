package io.parley.application.document;

import io.parley.domain.document.DocumentName;
import io.parley.domain.document.Metadata;
import java.io.InputStream;

/**
 * A file on its way in.
 *
 * @param content read once, to its end or to the limit; closed by the caller
 */
public record IncomingFile(DocumentName name, Metadata metadata, InputStream content) {}
