package io.parley.adapter.web.upload;

/** Sizes in words. */
public final class Sizes {
  private static final long MEGABYTE = 1 << 20;

  private Sizes() {}

  /** Such as {@code 10 MB}. */
  public static String words(long bytes) {
    return bytes >= MEGABYTE && bytes % MEGABYTE == 0 ? bytes / MEGABYTE + " MB" : bytes + " bytes";
  }
}
