package io.parley.bootstrap.door;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Principal;
import jdk.net.ExtendedSocketOptions;

/**
 * Knows the owner of the data directory. The permissions of the files let nobody else in already;
 * where the system tells who is on the other end, that is compared too.
 */
record DoorKeeper(Principal owner) {

  static DoorKeeper of(Path data) throws IOException {
    return new DoorKeeper(Files.getOwner(data));
  }

  boolean knows(SocketChannel visitor) throws IOException {
    return !visitor.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)
        || visitor.getOption(ExtendedSocketOptions.SO_PEERCRED).user().equals(owner);
  }
}
