/**
 * What local servers of vector stores' own protocols have in common: how they are told to break.
 */
@NullMarked
package io.parley.testkit.vectorstore.wire;

import org.jspecify.annotations.NullMarked;
