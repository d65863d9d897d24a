/** Port contracts, fakes and sample data for tests. */
@NullMarked
package io.parley.testkit;

import org.jspecify.annotations.NullMarked;
