package io.parley.bootstrap.door;

/** What was asked for through the door was not done; the message is a sentence for people. */
public final class DoorRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DoorRefusal(String sentence) {
    super(sentence);
  }
}
