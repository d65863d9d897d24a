package io.parley.adapter.persistence.embedded;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the server is started with. Given on its command line, these win over every file. */
final class ServerSettings {

  /** Without these a crash could lose what was committed; they are asked for after each start. */
  static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  private ServerSettings() {}

  static String commandLine(EmbeddedDatabaseConfig config, int port) {
    Map<String, String> settings = new LinkedHashMap<>(DURABLE);
    settings.put("port", Integer.toString(port));
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("unix_socket_directories", "");
    settings.put("password_encryption", "scram-sha-256");
    settings.put("max_connections", Integer.toString(config.maxConnections()));
    settings.put("shared_buffers", config.sharedBuffersMegabytes() + "MB");
    settings.put("work_mem", "8MB");
    settings.put("maintenance_work_mem", "32MB");
    settings.put("wal_buffers", "1MB");
    settings.put("max_wal_size", "256MB");
    settings.put("min_wal_size", "32MB");
    // What was erased is to go from the log too: old files are removed, not used again.
    settings.put("wal_recycle", "off");
    settings.put("parley.own_server", "on");
    settings.put("wal_level", "minimal");
    settings.put("max_wal_senders", "0");
    settings.put("max_parallel_workers_per_gather", "0");
    settings.put("max_logical_replication_workers", "0");
    settings.put("autovacuum_max_workers", "1");
    settings.put("jit", "off");
    settings.put("timezone", "UTC");
    // Nothing of a row or a statement may reach the log.
    settings.put("log_error_verbosity", "terse");
    settings.put("log_min_error_statement", "panic");
    settings.put("log_checkpoints", "off");
    return settings.entrySet().stream()
        .map(entry -> "-c " + entry.getKey() + "=" + quoted(entry.getValue()))
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String value) {
    return value.isEmpty() ? "\"\"" : value;
  }
}
