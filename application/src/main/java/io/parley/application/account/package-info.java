/** Accounts: registering, logging in, staying logged in. */
@NullMarked
package io.parley.application.account;

import org.jspecify.annotations.NullMarked;
