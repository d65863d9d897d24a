package io.parley.badexample.application;

import io.parley.badexample.adapter.storage.Shelf;

/** A use case that names an adapter. */
interface Shortcut {
  Shelf shelf();
}
