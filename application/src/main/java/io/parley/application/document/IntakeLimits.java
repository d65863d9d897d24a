package io.parley.application.document;

/**
 * How much is taken in.
 *
 * @param pages most pages, slides or sections of one file
 * @param chunks most chunks of one file
 * @param waitingOfOwner most documents that one owner may have waiting
 * @param waiting most documents that may wait, of all owners
 */
public record IntakeLimits(int pages, int chunks, int waitingOfOwner, int waiting) {

  public static final IntakeLimits DEFAULT = new IntakeLimits(20_000, 200_000, 20_000, 200_000);

  public IntakeLimits {
    if (pages < 1 || chunks < 1 || waitingOfOwner < 1 || waiting < 1) {
      throw new IllegalArgumentException("At least one of each must be allowed.");
    }
  }

  /** The same with other bounds on what may wait. */
  public IntakeLimits withWaiting(int ofOwner, int ofAll) {
    return new IntakeLimits(pages, chunks, ofOwner, ofAll);
  }
}
