package io.parley.adapter.ai.extraction.worker;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.stream.XMLStreamException;

/** The zip file around a Word document. What is unpacked from it is counted and bounded. */
final class DocxPackage implements AutoCloseable {

  /** Most bytes unpacked from one file: a book of a thousand pages has about a tenth of it. */
  static final long MAX_UNPACKED = 256L * 1024 * 1024;

  private final ZipFile zip;
  private long unpacked;

  private DocxPackage(ZipFile zip) {
    this.zip = zip;
  }

  static DocxPackage open(Path file) throws IOException {
    return new DocxPackage(new ZipFile(file.toFile()));
  }

  /** The name of the part that holds the text. */
  String mainPart() throws IOException, XMLStreamException {
    String usual = "word/document.xml";
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
