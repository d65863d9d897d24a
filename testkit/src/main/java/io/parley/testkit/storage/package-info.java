/** Contracts and fakes of the places where files lie. */
@NullMarked
package io.parley.testkit.storage;

import org.jspecify.annotations.NullMarked;
