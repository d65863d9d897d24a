package io.parley.badexample.testkit;

import io.parley.badexample.adapter.storage.Shelf;

abstract class ReachingContract {
  abstract Shelf shelf();
}
