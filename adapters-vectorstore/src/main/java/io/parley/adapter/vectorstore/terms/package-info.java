/**
 * How texts and attributes become terms, the same in every index of this module: what a keyword
 * index in the process finds, one in a database finds too.
 */
@NullMarked
package io.parley.adapter.vectorstore.terms;

import org.jspecify.annotations.NullMarked;
