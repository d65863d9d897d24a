/** How a use case says that what was sent is not acceptable. */
@NullMarked
package io.parley.application.validation;

import org.jspecify.annotations.NullMarked;
