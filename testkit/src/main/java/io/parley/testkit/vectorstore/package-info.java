/** Contracts and fakes of vector stores and keyword indexes. */
@NullMarked
package io.parley.testkit.vectorstore;

import org.jspecify.annotations.NullMarked;
