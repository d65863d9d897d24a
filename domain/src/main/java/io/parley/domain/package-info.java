/** Parley's words, rules and ports. Depends on the JDK and JSpecify only. */
@NullMarked
package io.parley.domain;

import org.jspecify.annotations.NullMarked;
