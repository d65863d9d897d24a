/** The contract of passwords' hashing, and a fake that is fast. */
@NullMarked
package io.parley.testkit.security;

import org.jspecify.annotations.NullMarked;
