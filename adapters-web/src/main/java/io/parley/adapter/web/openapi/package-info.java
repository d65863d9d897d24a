/** The description of the interface, and a page to read it on. */
@NullMarked
package io.parley.adapter.web.openapi;

import org.jspecify.annotations.NullMarked;
