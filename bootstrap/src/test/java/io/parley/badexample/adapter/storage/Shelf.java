package io.parley.badexample.adapter.storage;

import io.parley.badexample.domain.Chatty;

/** Implements what is no port. */
public final class Shelf implements Chatty.Listener {}
