/** What every port shares: failures, secrets, ids, listings. */
@NullMarked
package io.parley.domain.port;

import org.jspecify.annotations.NullMarked;
