/**
 * What stores beyond the network have in common: how attributes and filters are written down for
 * stores that know lists of texts and numbers only, how often a call is tried, and what gRPC's
 * errors mean.
 */
@NullMarked
package io.parley.adapter.vectorstore.remote;

import org.jspecify.annotations.NullMarked;
