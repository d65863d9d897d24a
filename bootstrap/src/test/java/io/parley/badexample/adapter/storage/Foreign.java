package io.parley.badexample.adapter.storage;

import io.parley.badexample.adapter.web.Desk;
import picocli.CommandLine;

/** Uses another family and a library that is not its own. */
interface Foreign {
  Desk neighbour();

  CommandLine vendor();
}
