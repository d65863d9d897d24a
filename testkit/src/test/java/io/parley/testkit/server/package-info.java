@NullMarked
package io.parley.testkit.server;

import org.jspecify.annotations.NullMarked;
