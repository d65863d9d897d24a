/** Sources and their versions, pages, chunks and names; how they are taken in and erased. */
@NullMarked
package io.parley.domain.document;

import org.jspecify.annotations.NullMarked;
