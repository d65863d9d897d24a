package io.parley.badexample.adapter.web;

import io.parley.badexample.adapter.storage.Shelf;
import picocli.CommandLine;

/** Uses another family and a library that is not its own. */
interface Foreign {
  Shelf neighbour();

  CommandLine vendor();
}
