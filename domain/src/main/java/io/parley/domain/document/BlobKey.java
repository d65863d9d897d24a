package io.parley.domain.document;

import io.parley.domain.access.BotScope;
import io.parley.domain.account.UserId;

/**
 * Where a version's bytes lie: {@code documents/{user_id}/{document_id}/{filename}}, and {@code
 * …/v{n}/{filename}} from the second version on.
 */
public record BlobKey(UserId owner, VersionRef ref, DocumentName name) {

  /** The key of a version in a scope. */
  public static BlobKey of(BotScope scope, VersionRef ref, DocumentName name) {
    return new BlobKey(scope.owner(), ref, name);
  }

  /** The key's text form, with forward slashes. */
  public String path() {
    String folder = "documents/" + owner + "/" + ref.source() + "/";
    return ref.version() == 1 ? folder + name : folder + "v" + ref.version() + "/" + name;
  }

  /**
   * For adapters: refuses a key of another owner.
   *
   * @throws IllegalStateException when the key is outside the scope, which is a defect in the
   *     caller
   */
  public void requireWithin(BotScope scope) {
    if (!owner.equals(scope.owner())) {
      throw new IllegalStateException("The blob lies outside the scope.");
    }
  }

  @Override
  public String toString() {
    return path();
  }
}
