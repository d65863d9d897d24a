/** Who calls: access tokens, passwords, and the caller as an argument. */
@NullMarked
package io.parley.adapter.web.security;

import org.jspecify.annotations.NullMarked;
