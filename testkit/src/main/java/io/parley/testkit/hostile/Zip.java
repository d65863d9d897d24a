package io.parley.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Puts a zip file together. */
final class Zip {

  private static final byte[] MEGABYTE = " ".repeat(1024 * 1024).getBytes(UTF_8);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes);

  Zip() {
    zip.setLevel(Deflater.BEST_COMPRESSION);
  }

  Zip add(String name, String content) throws IOException {
    return add(name, content.getBytes(UTF_8));
  }

  Zip add(String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
    return this;
  }

  /** The part that says what the file is, which must be the first, and not packed. */
  Zip addType(String type) throws IOException {
    byte[] content = type.getBytes(UTF_8);
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry("mimetype");
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
    return this;
  }

  /** A part that begins like this and goes on with blanks. */
  Zip addBlanks(String name, String start, int megabytes) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(start.getBytes(UTF_8));
    for (int i = 0; i < megabytes; i++) {
      zip.write(MEGABYTE);
    }
    zip.closeEntry();
    return this;
  }

  byte[] bytes() throws IOException {
    zip.close();
    return bytes.toByteArray();
  }
}
