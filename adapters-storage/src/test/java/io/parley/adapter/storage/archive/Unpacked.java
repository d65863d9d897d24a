package io.parley.adapter.storage.archive;

import io.parley.adapter.storage.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The entries of an archive, to be changed and packed again by another program than Parley. */
final class Unpacked {
  private final List<Piece> entries = new ArrayList<>();

  /** An entry; its bytes may be made while they are packed. */
  record Piece(String name, Content content) {}

  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  static Unpacked of(Path file) {
    Unpacked unpacked = new Unpacked();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readAllBytes();
        unpacked.add(entry.getName(), bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return unpacked;
  }

  List<String> names() {
    return entries.stream().map(Piece::name).toList();
  }

  String text(String name) {
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .map(Unpacked::text)
        .orElseThrow();
  }

  private static String text(Piece entry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      entry.content().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  Unpacked add(String name, byte[] bytes) {
    entries.add(new Piece(name, out -> out.write(bytes)));
    return this;
  }

  Unpacked insert(int at, String name, Content content) {
    entries.add(at, new Piece(name, content));
    return this;
  }

  Unpacked rename(String from, String to) {
    entries.replaceAll(entry -> entry.name().equals(from) ? new Piece(to, entry.content()) : entry);
    return this;
  }

  Unpacked remove(String name) {
    entries.removeIf(entry -> entry.name().equals(name));
    return this;
  }

  Unpacked change(String name, UnaryOperator<String> change) {
    entries.replaceAll(entry ->
        entry.name().equals(name)
            ? new Piece(
                name, out -> out.write(change.apply(text(entry)).getBytes(StandardCharsets.UTF_8)))
            : entry);
    return this;
  }

  /** Packs them with the checksums that they have now. */
  Path pack(Path file) {
    remove(EntryNames.SUMS);
    StringBuilder sums = new StringBuilder();
    entries.forEach(
        entry -> sums.append(sha256(entry)).append("  ").append(entry.name()).append('\n'));
    add(EntryNames.SUMS, sums.toString().getBytes(StandardCharsets.UTF_8));
    return packAsIs(file);
  }

  Path packAsIs(Path file) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Piece entry : entries) {
        zip.putNextEntry(new ZipEntry(entry.name()));
        entry.content().writeTo(zip);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  /** As the JDK's writer would not: with names that are there twice. */
  Path packTwice(Path file, Path scratch) {
    try (FileChannel out = open(file);
        FileChannel directory = open(scratch);
        ZipFileWriter zip = new ZipFileWriter(out, directory, 0)) {
      for (Piece entry : entries) {
        ZipFileWriter.Entry begun = zip.begin(entry.name());
        entry.content().writeTo(begun);
        begun.end();
      }
      zip.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static String sha256(Piece entry) {
    MessageDigest digest = Sha256.create();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      entry.content().writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
