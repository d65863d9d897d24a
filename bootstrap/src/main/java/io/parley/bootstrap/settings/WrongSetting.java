package io.parley.bootstrap.settings;

/** A setting that stops the start. The message is one line that names it. */
public final class WrongSetting extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongSetting(String sentence) {
    super(sentence);
  }

  WrongSetting(Setting setting, String sentence) {
    super(setting + ": " + sentence);
  }
}
