package io.parley.adapter.vectorstore.pgvector;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Ends the session in the server right before the n-th statement from now is run. */
final class CuttableSource implements DataSource {
  private final DataSource real;
  private int left;
  private boolean cut;

  CuttableSource(DataSource real) {
    this.real = real;
  }

  void cutBefore(int statement) {
    left = statement;
    cut = false;
  }

  boolean wasCut() {
    return cut;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = real.getConnection();
    return proxied(Connection.class, connection, connection);
  }

  private <T> T proxied(Class<T> type, T target, Connection connection) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              if (method.getName().startsWith("execute") || method.getName().equals("commit")) {
                count(connection);
              }
              try {
                Object result = method.invoke(target, arguments);
                return switch (result) {
                  case PreparedStatement s -> proxied(PreparedStatement.class, s, connection);
                  case Statement s -> proxied(Statement.class, s, connection);
                  case null, default -> result;
                };
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return type.cast(proxy);
  }

  private void count(Connection connection) throws SQLException {
    if (left > 0 && --left == 0) {
      int pid = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
      TestPostgres.execute(real, "select pg_terminate_backend(" + pid + ", 10000)");
      cut = true;
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    return getConnection();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return real.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    real.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    real.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return real.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return real.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return real.isWrapperFor(type);
  }
}
