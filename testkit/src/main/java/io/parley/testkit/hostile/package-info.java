/**
 * Files that attack whoever reads them, made when they are needed: bombs, loops, lies and damage in
 * every type that Parley reads. None of them is kept in the repository.
 */
@NullMarked
package io.parley.testkit.hostile;

import org.jspecify.annotations.NullMarked;
