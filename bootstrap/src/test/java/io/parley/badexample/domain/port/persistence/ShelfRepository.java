package io.parley.badexample.domain.port.persistence;

import java.util.List;
import java.util.UUID;

interface ShelfRepository {
  List<String> booksOf(UUID bot);
}
