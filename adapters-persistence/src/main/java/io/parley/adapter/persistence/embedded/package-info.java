/**
 * The PostgreSQL that Parley brings along: started, adopted and stopped by the owner of the data
 * directory.
 */
@NullMarked
package io.parley.adapter.persistence.embedded;

import org.jspecify.annotations.NullMarked;
