/** Carrying knowledge from one installation to another, in an archive. */
@NullMarked
package io.parley.application.transfer;

import org.jspecify.annotations.NullMarked;
