/** Taking documents in, showing them, erasing them. */
@NullMarked
package io.parley.application.document;

import org.jspecify.annotations.NullMarked;
