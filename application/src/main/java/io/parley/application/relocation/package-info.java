/** Original files go from one place to another, while both answer. */
@NullMarked
package io.parley.application.relocation;

import org.jspecify.annotations.NullMarked;
