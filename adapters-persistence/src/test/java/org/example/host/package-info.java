/** Another Micronaut application, in which Parley's database is embedded. */
@NullMarked
package org.example.host;

import org.jspecify.annotations.NullMarked;
