@NullMarked
package io.parley.adapter.persistence;

import org.jspecify.annotations.NullMarked;
