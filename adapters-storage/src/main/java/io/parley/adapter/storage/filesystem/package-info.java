/** Blobs in a directory of the machine, with signed links that Parley itself serves. */
@NullMarked
package io.parley.adapter.storage.filesystem;

import org.jspecify.annotations.NullMarked;
