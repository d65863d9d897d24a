/** Accounts over HTTP. */
@NullMarked
package io.parley.adapter.web.account;

import org.jspecify.annotations.NullMarked;
