package io.parley.adapter.storage.archive;

import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.transfer.Section;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the entries of an archive are called, and in which order they stand. */
final class EntryNames {
  static final String MANIFEST = "manifest.json";
  static final String SUMS = "SHA256SUMS";

  private static final String ACCOUNTS = "accounts.jsonl";
  private static final String BOTS = "bots.jsonl";
  private static final String CONVERSATIONS = "conversations.jsonl";
  private static final Pattern OF_SOURCE =
      Pattern.compile(
          "(documents|files|texts)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
              + "(?:/([1-9][0-9]{0,8})|\\.jsonl)");

  private EntryNames() {}

  /** What an entry holds: a section, the bytes of a version, or the checksums. */
  sealed interface Entry {
    record Lines(Section section) implements Entry {}

    record Bytes(VersionRef ref) implements Entry {}

    record Sums() implements Entry {}
  }

  static String of(Section section) {
    return switch (section) {
      case Section.Accounts _ -> ACCOUNTS;
      case Section.Bots _ -> BOTS;
      case Section.Document(SourceId source) -> "documents/" + source + ".jsonl";
      case Section.Texts(SourceId source) -> "texts/" + source + ".jsonl";
      case Section.Conversations _ -> CONVERSATIONS;
    };
  }

  static String of(VersionRef ref) {
    return "files/" + ref.source() + "/" + ref.version();
  }

  /** Null for a name that no entry has. Names are compared, and never become paths. */
  static @Nullable Entry read(String name) {
    return switch (name) {
      case ACCOUNTS -> new Entry.Lines(new Section.Accounts());
      case BOTS -> new Entry.Lines(new Section.Bots());
      case CONVERSATIONS -> new Entry.Lines(new Section.Conversations());
      case SUMS -> new Entry.Sums();
      default -> ofSource(name);
    };
  }

  private static @Nullable Entry ofSource(String name) {
    Matcher matcher = OF_SOURCE.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    SourceId source = new SourceId(UUID.fromString(matcher.group(2)));
    boolean file = matcher.group(3) != null;
    return switch (matcher.group(1)) {
      case "documents" -> file ? null : new Entry.Lines(new Section.Document(source));
      case "texts" -> file ? null : new Entry.Lines(new Section.Texts(source));
      default ->
          file ? new Entry.Bytes(new VersionRef(source, Integer.parseInt(matcher.group(3)))) : null;
    };
  }

  /**
   * A text that sorts as the entries stand: each must be greater than the one before, so that none
   * is there twice.
   */
  static String place(Entry entry) {
    return switch (entry) {
      case Entry.Lines(Section.Accounts _) -> "1";
      case Entry.Lines(Section.Bots _) -> "2";
      case Entry.Lines(Section.Document(SourceId source)) -> "3 " + source + " 1";
      case Entry.Bytes(VersionRef ref) -> "3 %s 2 %09d".formatted(ref.source(), ref.version());
      case Entry.Lines(Section.Texts(SourceId source)) -> "3 " + source + " 3";
      case Entry.Lines(Section.Conversations _) -> "4";
      case Entry.Sums _ -> "5";
    };
  }
}
