/** Shows the contracts failing on damage. */
@NullMarked
package io.parley.testkit.persistence;

import org.jspecify.annotations.NullMarked;
