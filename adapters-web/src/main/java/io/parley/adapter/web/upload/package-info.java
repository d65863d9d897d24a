/** Request bodies as streams, and the files in them. */
@NullMarked
package io.parley.adapter.web.upload;

import org.jspecify.annotations.NullMarked;
