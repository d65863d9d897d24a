package io.parley.domain.port.persistence;

/**
 * What a database says of itself.
 *
 * @param version as the database writes it
 * @param major its first number
 * @param oldest the first major version that Parley works with
 * @param schema how its schema stands
 * @param mayChangeSchema whether Parley's user may make tables
 * @param mostConnections how many it allows, of all programs
 * @param openConnections how many there are, of all programs, this one's included
 * @param poolSize how many this program holds at most, at least 1
 */
public record DatabaseFacts(
    String version,
    int major,
    int oldest,
    Schema schema,
    boolean mayChangeSchema,
    int mostConnections,
    int openConnections,
    int poolSize) {

  /** How a schema stands to this version of Parley. */
  public enum Schema {
    /** Every migration is applied. */
    CURRENT,
    /** Some are, and the next start applies the others. */
    BEHIND,
    /** None is: the first start makes it. */
    MISSING,
    /** It was changed by hand, or by a newer version. */
    STRANGE
  }

  public DatabaseFacts {
    if (version.isBlank() || poolSize < 1) {
      throw new IllegalArgumentException("No facts of a database.");
    }
  }
}
