package io.parley.adapter.vectorstore.lucene;

import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.AlreadyClosedException;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;

/** What Lucene throws, in our words. */
final class LuceneFailures {

  static final String BACKEND = "embedded index";

  private LuceneFailures() {}

  static PortFailure of(Throwable thrown) {
    Throwable cause = rootOf(thrown);
    if (hasNoSpace(cause)) {
      return failure(Kind.STORAGE_FULL, "The disk is full: the index goes on by itself.", thrown);
    }
    if (isDamage(cause)) {
      return beingRebuilt(thrown);
    }
    return switch (cause) {
      case LockObtainFailedException _ ->
          failure(Kind.UNAVAILABLE, "Another process uses this index directory.", thrown);
      case AlreadyClosedException _ -> failure(Kind.UNAVAILABLE, "The index is closed.", thrown);
      case AccessDeniedException _ ->
          failure(
              Kind.INVALID_CONFIGURATION,
              "The index directory may not be read and written.",
              thrown);
      default -> failure(Kind.UNAVAILABLE, "The index cannot be read or written now.", thrown);
    };
  }

  static PortFailure beingRebuilt(@Nullable Throwable why) {
    return failure(
        Kind.UNAVAILABLE, "The index is damaged and is being built again. Try again later.", why);
  }

  /** Whether what was thrown, or what it was thrown for, says that the files are at fault. */
  static boolean tellsOfDamage(Throwable thrown) {
    return isDamage(rootOf(thrown));
  }

  static PortFailure rejected(String sentence) {
    return new PortFailure(Kind.CORRUPT_DATA, BACKEND, sentence, null);
  }

  /** Whether the files, and not their surroundings, are at fault. */
  static boolean isDamage(Throwable thrown) {
    return thrown instanceof CorruptIndexException
        || thrown instanceof IndexFormatTooOldException
        || thrown instanceof IndexFormatTooNewException
        || thrown instanceof IndexNotFoundException
        || thrown instanceof EOFException
        || thrown instanceof NoSuchFileException
        || thrown instanceof FileNotFoundException;
  }

  private static PortFailure failure(Kind kind, String sentence, @Nullable Throwable cause) {
    return new PortFailure(kind, BACKEND, sentence, cause);
  }

  /** A writer that closed itself after a failure tells of the failure only in its cause. */
  private static Throwable rootOf(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof AlreadyClosedException && cause != null ? rootOf(cause) : thrown;
  }

  private static boolean hasNoSpace(@Nullable Throwable thrown) {
    if (thrown == null) {
      return false;
    }
    String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("not enough space")
        || message.contains("disk quota exceeded")
        || hasNoSpace(thrown.getCause());
  }
}
