package io.parley.adapter.web.openapi;

import io.parley.adapter.web.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may call each operation of the interface, for those who check that it is so. */
public final class OperationAccessTable {
  private static final String RESOURCE = "operation-access.txt";

  /** Who may call an operation. */
  public enum Who {
    ANYONE,
    SIGNED_IN,
    ASKER,
    OWNER,
    SELF
  }

  /**
   * One operation of the description.
   *
   * @param method in capitals, such as {@code GET}
   * @param path with parameters in braces, such as {@code /api/v1/bots/{bot}}
   */
  public record Operation(String id, String method, String path) {}

  private final Map<String, Who> rows;

  private OperationAccessTable(Map<String, Who> rows) {
    this.rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
  }

  /** The table of this version. */
  public static OperationAccessTable read() {
    return parse(new String(resource(RESOURCE), StandardCharsets.UTF_8));
  }

  static OperationAccessTable parse(String text) {
    Map<String, Who> rows = new LinkedHashMap<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.strip().split("\\s+", 2))
        .forEach(row -> {
          if (rows.put(row[0], Who.valueOf(row[1])) != null) {
            throw new IllegalArgumentException("Two rows for " + row[0]);
          }
        });
    return new OperationAccessTable(rows);
  }

  /** Who may call an operation, by its id; empty when it has no row. */
  public Optional<Who> who(String operationId) {
    return Optional.ofNullable(rows.get(operationId));
  }

  /** Operation ids with rows. */
  public Set<String> operationIds() {
    return rows.keySet();
  }

  /** Every operation of the OpenAPI description of this version. */
  public static List<Operation> operations() {
    return operations(JsonReader.object(resource("/META-INF/swagger/parley.json")));
  }

  static List<Operation> operations(Map<String, ? extends @Nullable Object> description) {
    List<Operation> operations = new ArrayList<>();
    if (description.get("paths") instanceof Map<?, ?> paths) {
      paths.forEach((path, methods) -> {
        if (methods instanceof Map<?, ?> map) {
          map.forEach((method, o) -> operations.add(operation(path, method, o)));
        }
      });
    }
    return operations;
  }

  private static Operation operation(
      @Nullable Object path, @Nullable Object method, @Nullable Object operation) {
    Object id = operation instanceof Map<?, ?> map ? map.get("operationId") : null;
    return new Operation(
        String.valueOf(id), String.valueOf(method).toUpperCase(Locale.ROOT), String.valueOf(path));
  }

  private static byte[] resource(String name) {
    try (InputStream stream = OperationAccessTable.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("The program lacks " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
