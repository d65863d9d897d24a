package io.parley.adapter.ai.extraction.worker;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;

/**
 * The zip file around a document of today's office programs, or a book. What is unpacked from it is
 * counted and bounded; only what is asked for is unpacked, and never an archive inside it.
 */
final class ZipParts implements AutoCloseable {

  /** Most bytes unpacked from one file: a book of a thousand pages has about a tenth of it. */
  static final long MAX_UNPACKED = 256L * 1024 * 1024;

  /** Most parts in one file. */
  private static final int MAX_PARTS = 20_000;

  private final ZipFile zip;
  private long unpacked;

  private ZipParts(ZipFile zip) {
    this.zip = zip;
  }

  static ZipParts open(Path file) throws IOException {
    ZipFile zip = new ZipFile(file.toFile());
    if (zip.size() > MAX_PARTS) {
      zip.close();
      throw new UnreadableException(Problem.TOO_MANY_PARTS);
    }
    return new ZipParts(zip);
  }

  /**
   * The name of the part that holds the document.
   *
   * @param usual its name in nearly every file
   */
  String mainPart(String usual) throws IOException, XMLStreamException {
    if (zip.getEntry(usual) != null) {
      return usual;
    }
    try (InputStream relations = require("_rels/.rels")) {
      return DocxParts.mainPart(new Xml(relations)).orElse(usual);
    }
  }

  InputStream require(String name) throws IOException {
    return find(name).orElseThrow(() -> new IOException("The package has no " + name));
  }

  /** The part, if there is one. The size that it declares may be a lie, but not a modest one. */
  Optional<InputStream> find(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.getSize() > MAX_UNPACKED) {
      throw new UnreadableException(Problem.TOO_LARGE_UNPACKED);
    }
    return Optional.of(new Counting(zip.getInputStream(entry)));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private void count(long bytes) {
    unpacked += Math.max(bytes, 0);
    if (unpacked > MAX_UNPACKED) {
      throw new UnreadableException(Problem.TOO_LARGE_UNPACKED);
    }
  }

  private final class Counting extends FilterInputStream {

    Counting(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? 0 : 1);
      return b;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      count(read);
      return read;
    }
  }
}
