/** Tenants, users and what proves who they are. */
@NullMarked
package io.parley.domain.account;

import org.jspecify.annotations.NullMarked;
