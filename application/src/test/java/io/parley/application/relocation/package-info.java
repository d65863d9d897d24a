@NullMarked
package io.parley.application.relocation;

import org.jspecify.annotations.NullMarked;
