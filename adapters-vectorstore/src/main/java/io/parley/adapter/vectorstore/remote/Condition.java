package io.parley.adapter.vectorstore.remote;

import io.parley.domain.retrieval.Filter.Relation;
import java.util.List;
import java.util.Set;

/**
 * A filter in the words of {@link EncodedAttributes}. What must not hold stands at the leaves only:
 * not every store can turn a whole part round.
 */
public sealed interface Condition {

  /** What has no part that could be asked. */
  enum Constant implements Condition {
    ALWAYS,
    NEVER
  }

  /** Every part holds; at least one, none of them a constant. */
  record All(List<Condition> parts) implements Condition {
    public All {
      parts = List.copyOf(parts);
    }
  }

  /** One part holds; at least one, none of them a constant. */
  record Any(List<Condition> parts) implements Condition {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /**
   * One of the terms is there.
   *
   * @param there false for: none of them is
   */
  record Terms(Set<String> terms, boolean there) implements Condition {
    public Terms {
      terms = Set.copyOf(terms);
    }
  }

  /**
   * The number is there and stands in the relation.
   *
   * @param most whether it is the greatest of its path; else the least
   * @param holds false for: it is not there, or does not stand in the relation
   */
  record Extreme(boolean most, String key, Relation relation, double value, boolean holds)
      implements Condition {}

  /** The opposite. */
  default Condition not() {
    return switch (this) {
      case Constant constant -> constant == Constant.ALWAYS ? Constant.NEVER : Constant.ALWAYS;
      case All(List<Condition> parts) -> new Any(parts.stream().map(Condition::not).toList());
      case Any(List<Condition> parts) -> new All(parts.stream().map(Condition::not).toList());
      case Terms(Set<String> terms, boolean there) -> new Terms(terms, !there);
      case Extreme n -> new Extreme(n.most(), n.key(), n.relation(), n.value(), !n.holds());
    };
  }

  /** Every one of them. */
  static Condition all(List<Condition> parts) {
    if (parts.contains(Constant.NEVER)) {
      return Constant.NEVER;
    }
    List<Condition> left = parts.stream().filter(part -> part != Constant.ALWAYS).toList();
    return left.isEmpty() ? Constant.ALWAYS : left.size() == 1 ? left.getFirst() : new All(left);
  }

  /** One of them. */
  static Condition any(List<Condition> parts) {
    return all(parts.stream().map(Condition::not).toList()).not();
  }

  /** Where the n-th number of a text is kept. */
  static String nth(String key, int n) {
    return key + "_" + n;
  }
}
