/** The HTTP interface. */
@NullMarked
package io.parley.adapter.web;

import org.jspecify.annotations.NullMarked;
