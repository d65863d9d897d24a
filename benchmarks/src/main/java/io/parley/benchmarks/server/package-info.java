/**
 * The running program, seen from outside: how fast it starts, what memory it takes, how long
 * callers wait.
 */
@NullMarked
package io.parley.benchmarks.server;

import org.jspecify.annotations.NullMarked;
