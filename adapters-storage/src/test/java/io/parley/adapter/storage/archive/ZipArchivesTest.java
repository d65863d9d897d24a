package io.parley.adapter.storage.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.adapter.storage.digest.Sha256;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.Archives;
import io.parley.domain.transfer.ArchiveLine;
import io.parley.domain.transfer.Section;
import io.parley.testkit.storage.ArchivesContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives as files that others read, damage and forge. */
class ZipArchivesTest extends ArchivesContract {
  private static final String DOCUMENT = "documents/" + SOURCE + ".jsonl";
  private static final String TEXTS = "texts/" + SOURCE + ".jsonl";
  private static final String BYTES = "files/" + SOURCE + "/1";

  @Override
  protected Archives archives() {
    return new ZipArchives();
  }

  private Unpacked unpacked() {
    Path good = folder.resolve("good.zip");
    return Unpacked.of(Files.exists(good) ? good : written("good.zip"));
  }

  private Path forged() {
    return folder.resolve("forged.zip");
  }

  private void refuses(Path file, String... words) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            PortFailure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(PortFailure.Kind.CORRUPT_DATA);
              assertThat(failure.sentence()).contains(words);
            });
  }

  @Test
  void otherProgramsReadItAndItsChecksums() throws Exception {
    try (ZipFile zip = new ZipFile(written("a.zip").toFile())) {
      List<String> names = Collections.list(zip.entries()).stream().map(ZipEntry::getName).toList();
      assertThat(names)
          .containsExactly(
              "manifest.json",
              "accounts.jsonl",
              "bots.jsonl",
              DOCUMENT,
              BYTES,
              TEXTS,
              "conversations.jsonl",
              "SHA256SUMS");
      List<String> sums = new ArrayList<>();
      for (String name : names.subList(0, names.size() - 1)) {
        sums.add(sha256(bytes(zip, name)) + "  " + name);
      }
      assertThat(new String(bytes(zip, "SHA256SUMS"), StandardCharsets.UTF_8))
          .isEqualTo(String.join("\n", sums) + "\n");
      assertThat(new String(bytes(zip, "manifest.json"), StandardCharsets.UTF_8))
          .isEqualTo(
              "{\"format\":\"parley-export\",\"version\":1,"
                  + "\"created_at\":\"2026-03-04T05:06:07.123456Z\",\"of\":\"bot\",\"bot\":\""
                  + BOT
                  + "\",\"parley\":\"1.2.3\"}\n");
    }
  }

  private static byte[] bytes(ZipFile zip, String name) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
      return in.readAllBytes();
    }
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha256.create().digest(bytes));
  }

  @Test
  void anArchiveThatAnotherProgramPackedAgainIsRead() {
    Path packed = unpacked().packAsIs(forged());

    assertThat(read(packed)).hasSameSizeAs(read(folder.resolve("good.zip")));
  }

  @Test
  void onlyItsOwnerMayReadItAndNothingIsLeftBesideIt() throws IOException {
    Path file = written("a.zip");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.toFile().list()).containsExactly("a.zip");
  }

  @Test
  void whatAKilledExportHasLeftIsReplacedAndOneThatRunsIsNot() throws IOException {
    Files.writeString(folder.resolve("a.zip.partial"), "left over");
    Path file = folder.resolve("a.zip");

    try (Archives.Outgoing archive = archives().create(file, manifest(), false)) {
      assertThatThrownBy(() -> archives().create(file, manifest(), true))
          .isInstanceOf(PortFailure.class)
          .hasMessageContaining("Another export");
      write(archive);
      archive.finish();
    }

    assertThat(read(file)).hasSizeGreaterThan(10);
    assertThat(folder.toFile().list()).containsExactly("a.zip");
  }

  @Test
  void ofManyExportsThatFindWhatIsLeftOverOneAtMostWrites() throws Exception {
    Path file = folder.resolve("a.zip");
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 300; round++) {
        Files.writeString(folder.resolve("a.zip.partial"), "left over");
        CyclicBarrier together = new CyclicBarrier(8);
        List<Callable<Boolean>> exports = Collections.nCopies(8, () -> begun(file, together));
        int begun = 0;
        for (Future<Boolean> export : threads.invokeAll(exports)) {
          begun += export.get() ? 1 : 0;
        }
        assertThat(begun).isEqualTo(1);
      }
    }
    assertThat(folder.toFile().list()).isEmpty();
  }

  /** Whether it may write; it ends once all have tried. */
  private boolean begun(Path file, CyclicBarrier together) throws Exception {
    together.await(30, TimeUnit.SECONDS);
    try (Archives.Outgoing archive = archives().create(file, manifest(), false)) {
      together.await(30, TimeUnit.SECONDS);
      assertThat(folder.resolve("a.zip.partial")).exists();
      together.await(30, TimeUnit.SECONDS);
      return true;
    } catch (PortFailure refused) {
      assertThat(refused).hasMessageContaining("Another export");
      together.await(30, TimeUnit.SECONDS);
      together.await(30, TimeUnit.SECONDS);
      return false;
    }
  }

  @Test
  void anotherProcessIsStillRefusedAfterThisOneWas() throws Exception {
    Path file = folder.resolve("a.zip");
    Path program =
        Files.writeString(
            folder.resolve("TryLock.java"),
            """
            import java.nio.channels.FileChannel;
            import java.nio.file.Path;
            import java.nio.file.StandardOpenOption;

            class TryLock {
              public static void main(String[] args) throws Exception {
                try (var file = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
                  System.exit(file.tryLock() == null ? 7 : 0);
                }
              }
            }
            """);
    try (Archives.Outgoing archive = archives().create(file, manifest(), false)) {
      assertThatThrownBy(() -> archives().create(file, manifest(), false))
          .isInstanceOf(PortFailure.class);
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  program.toString(),
                  file + ".partial")
              .start();

      assertThat(other.waitFor()).isEqualTo(7);
    }
  }

  @Test
  void aPlaceThatIsNotThereIsNamed() {
    Path nowhere = folder.resolve("nowhere").resolve("a.zip");

    assertThatThrownBy(() -> archives().create(nowhere, manifest(), false))
        .isInstanceOf(PortFailure.class)
        .hasMessageContaining("There is no directory " + nowhere.getParent());
  }

  @Test
  void whatIsNoArchiveIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.txt"), "no archive at all".repeat(10));
    Path empty = Files.writeString(folder.resolve("empty"), "");

    refuses(text, "is no archive of Parley");
    refuses(empty, "is no archive of Parley");
    refuses(
        new Unpacked().add("hello.txt", new byte[] {1}).packAsIs(forged()),
        "is no archive of Parley");
    refuses(
        unpacked()
            .change("manifest.json", manifest -> manifest.replace("parley-", "other-"))
            .pack(forged()),
        "is no archive of Parley");
  }

  @Test
  void aLaterVersionIsRefused() {
    Path later =
        unpacked()
            .change("manifest.json", text -> text.replace("\"version\":1", "\"version\":2"))
            .pack(forged());

    refuses(later, "is of version 2 of the format");
  }

  @Test
  void oneThatWasCutOffIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(written("a.zip"));
    for (int length :
        new int[] {0, 1, 21, 22, 100, whole.length / 2, whole.length - 22, whole.length - 1}) {
      Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, length));

      refuses(cut, "is no archive of Parley, or it was cut off");
    }
  }

  @Test
  void noFlippedByteGoesUnnoticed() throws IOException {
    Path file = written("a.zip");
    byte[] whole = Files.readAllBytes(file);
    String expected = String.valueOf(withoutVectors(read(file)));
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Path flipped = Files.write(folder.resolve("flipped.zip"), damaged);
      try {
        assertThat(String.valueOf(withoutVectors(read(flipped)))).isEqualTo(expected);
      } catch (PortFailure e) {
        assertThat(e.kind()).isEqualTo(PortFailure.Kind.CORRUPT_DATA);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(whole.length / 3);
  }

  private static List<Object> withoutVectors(List<Object> all) {
    return all.stream()
        .map(item -> item instanceof ArchiveLine.OfChunk(var archived) ? archived.chunk() : item)
        .toList();
  }

  @Test
  void aChangedEntryWithAnOldChecksumIsNamed() {
    Path changed =
        unpacked()
            .change("accounts.jsonl", text -> text.replace("\"ada\"", "\"eve\""))
            .packAsIs(forged());

    refuses(changed, "accounts.jsonl", "checksum");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../x",
        "/etc/passwd",
        "files/../../x",
        "files/11111111-2222-4333-8444-555555555555/../1",
        "files/11111111-2222-4333-8444-555555555555/0",
        "files/11111111-2222-4333-8444-555555555555/99999999999",
        "files/11111111-2222-4333-8444-555555555555.jsonl",
        "FILES/11111111-2222-4333-8444-555555555555/1",
        "documents/1.jsonl",
        "bots.jsonl\n"
      })
  void namesThatNoEntryHasAreRefused(String name) {
    refuses(unpacked().rename(BYTES, name).pack(forged()), "an archive has no such entry");
  }

  @Test
  void entriesInAnotherPlaceAreRefused() {
    Unpacked swapped = unpacked();
    String talks = swapped.text("conversations.jsonl");
    swapped.remove("conversations.jsonl");
    swapped.insert(
        2, "conversations.jsonl", out -> out.write(talks.getBytes(StandardCharsets.UTF_8)));
    refuses(
        swapped.pack(forged()), "bots.jsonl", "the entry is there twice, or in the wrong place");
    Unpacked twice = Unpacked.of(folder.resolve("good.zip")).insert(6, TEXTS, out -> {});
    refuses(
        twice.packTwice(folder.resolve("twice.zip"), folder.resolve("scratch")),
        TEXTS,
        "is there twice");
  }

  @Test
  void entriesBehindTheChecksumsAreRefused() {
    Unpacked more = unpacked();
    more.add("conversations.jsonl.more", new byte[0]);

    refuses(more.packAsIs(forged()), "SHA256SUMS", "more entries follow");
  }

  @Test
  void aLineWithoutAnEndIsRefusedBeforeItIsReadWhole() {
    Path endless =
        unpacked()
            .remove("conversations.jsonl")
            .insert(6, "conversations.jsonl", out -> fill(out, 100L * 1024 * 1024))
            .pack(forged());

    refuses(endless, "conversations.jsonl, line 1", "longer than");
  }

  private static void fill(OutputStream out, long length) throws IOException {
    byte[] some = "a".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
    for (long written = 0; written < length; written += some.length) {
      out.write(some);
    }
  }

  @Test
  void aLineOfManySmallValuesIsRefusedBeforeTheyAreHeld() {
    String empty = "{},".repeat(Fields.MOST_VALUES) + "{}";
    Path many =
        unpacked()
            .change("accounts.jsonl", text -> text + "{\"x\":[" + empty + "]}\n")
            .pack(forged());

    refuses(many, "accounts.jsonl, line 5", "it holds more than 500000 values");
  }

  @Test
  void aTitleAndAMessageHaveTheirLength() {
    for (String field : List.of("title", "error_message")) {
      Path wrong =
          unpacked()
              .change(
                  DOCUMENT,
                  text ->
                      text.replace(
                          "\"language\":",
                          "\"" + field + "\":\"" + "x".repeat(10_001) + "\",\"language\":"))
              .pack(folder.resolve(field + ".zip"));

      refuses(wrong, DOCUMENT + ", line 2", "\"" + field + "\" has more than");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"tenant\"}",
        "{\"type\":\"tenant\",\"id\":7,\"created_at\":\"2026-03-04T05:06:07Z\"}",
        "{\"type\":\"tenant\",\"id\":\"x\",\"created_at\":\"2026-03-04T05:06:07Z\"}",
        "{\"type\":\"bot\"}",
        "{\"id\":\"x\"}",
        "[]",
        "{",
        "",
        "not JSON",
        "{\"type\":\"tenant\",\"type\":\"user\"}"
      })
  void aLineThatIsNotWhatItShouldBeIsNamed(String line) {
    Path wrong = unpacked().change("accounts.jsonl", text -> text + line + "\n").pack(forged());

    refuses(wrong, "accounts.jsonl, line 5");
  }

  @Test
  void textThatDoesNotFitItsSpanOrItsIdIsNamed() {
    refuses(
        unpacked()
            .change(TEXTS, text -> text.replace("\"start\":0,\"end\":26", "\"start\":0,\"end\":25"))
            .pack(forged()),
        TEXTS + ", line 2",
        "exactly its span");
    refuses(
        unpacked()
            .change(TEXTS, text -> text.replace("\"ordinal\":0", "\"ordinal\":1"))
            .pack(folder.resolve("id.zip")),
        TEXTS + ", line 2",
        "is not the id of this chunk");
    refuses(
        unpacked()
            .change(TEXTS, text -> text.replace("\"dimension\":2", "\"dimension\":3"))
            .pack(folder.resolve("dim.zip")),
        TEXTS + ", line 2",
        "its model's dimension");
    refuses(
        unpacked()
            .change(
                TEXTS,
                text ->
                    text.replace(
                        "\"kind\":\"table\",\"start\":0,\"end\":3",
                        "\"kind\":\"table\",\"start\":0,\"end\":3000"))
            .pack(folder.resolve("block.zip")),
        TEXTS + ", line 1",
        "behind its page");
  }

  @Test
  void sectionsAreReadWithoutLines() {
    Path file = folder.resolve("small.zip");
    try (Archives.Outgoing archive = archives().create(file, manifest(), false)) {
      archive.begin(new Section.Accounts());
      archive.begin(new Section.Conversations());
      archive.finish();
    }

    assertThat(read(file)).containsExactly(new Section.Accounts(), new Section.Conversations());
  }
}
