/** The doctor: tries every backend for real, says what is wrong, and leaves nothing behind. */
@NullMarked
package io.parley.application.check;

import org.jspecify.annotations.NullMarked;
