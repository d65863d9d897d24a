@NullMarked
package io.parley.adapter.persistence.embedded;

import org.jspecify.annotations.NullMarked;
