/**
 * The contracts of the persistence ports. An adapter's test extends one and says where its ports
 * are.
 */
@NullMarked
package io.parley.testkit.persistence;

import org.jspecify.annotations.NullMarked;
