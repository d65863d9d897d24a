package io.parley.adapter.web.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every operation has a row that says who may call it, and the server keeps to it. */
final class OperationAccessTest {
  private static final OperationAccessTable TABLE = OperationAccessTable.read();

  private static List<String> without(
      List<OperationAccessTable.Operation> operations, OperationAccessTable table) {
    return operations.stream()
        .map(OperationAccessTable.Operation::id)
        .filter(id -> table.who(id).isEmpty())
        .toList();
  }

  @Test
  void everyOperationHasARowAndEveryRowAnOperation() {
    assertThat(OperationAccessTable.operations()).hasSize(37);
    assertThat(without(OperationAccessTable.operations(), TABLE)).isEmpty();
    assertThat(OperationAccessTable.operations().stream().map(OperationAccessTable.Operation::id))
        .containsExactlyInAnyOrderElementsOf(TABLE.operationIds());
  }

  @Test
  void anOperationWithoutARowIsFound() {
    List<OperationAccessTable.Operation> planted =
        OperationAccessTable.operations(
            Map.of("paths", Map.of("/planted", Map.of("get", Map.of("operationId", "planted")))));
    assertThat(without(planted, TABLE)).containsExactly("planted");
  }
}
