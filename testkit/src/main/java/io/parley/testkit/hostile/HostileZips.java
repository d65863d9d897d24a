package io.parley.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Archives that unpack to far more than they are, or to themselves. */
final class HostileZips {

  private static final String WORDS =
      OfficeParts.WORD + "<w:p><w:r><w:t>Words beside it.</w:t></w:r></w:p></w:body></w:document>";

  private HostileZips() {}

  static List<HostileFile> all() {
    return List.of(
        file("bomb.docx", "unpacks to 512 MB", () -> blanks("word/document.xml", OfficeParts.WORD)),
        file("bomb.odt", "unpacks to 512 MB", HostileZips::odt),
        file(
            "bomb.xlsx",
            "a sheet of 512 MB",
            () ->
                OfficeParts.workbook(1)
                    .addBlanks("xl/worksheets/sheet1.xml", OfficeParts.SHEET, 512)
                    .bytes()),
        file(
            "bomb.pptx",
            "a slide of 512 MB",
            () ->
                OfficeParts.presentation().addBlanks("ppt/slides/slide1.xml", "<s>", 512).bytes()),
        file(
            "bomb.epub",
            "a chapter of 512 MB",
            () ->
                OfficeParts.book("<item id=\"a\" href=\"a.xhtml\"/>", "<itemref idref=\"a\"/>")
                    .addBlanks("a.xhtml", "<p>", 512)
                    .bytes()),
        file("overlapping.xlsx", "300 sheets that share the same 10 MB", HostileZips::overlapping),
        file("nested.zip", "archives in archives, 16 wide and 4 deep", HostileZips::nested),
        file("nested.docx", "a document with such archives inside", HostileZips::withNested),
        file("picture.docx", "words, and a picture of 1 GB of nothing", HostileZips::picture),
        file("parts.epub", "a book of 60,000 parts", HostileZips::manyParts),
        file("spine.epub", "a spine that names one chapter 100,000 times", HostileZips::longSpine));
  }

  private interface Bytes {
    byte[] make() throws IOException;
  }

  private static HostileFile file(String name, String what, Bytes bytes) {
    return new HostileFile(name, what, out -> out.write(bytes.make()));
  }

  private static byte[] blanks(String part, String start) throws IOException {
    return new Zip().addBlanks(part, start, 512).bytes();
  }

  private static byte[] odt() throws IOException {
    return new Zip()
        .addType(OfficeParts.ODT_TYPE)
        .addBlanks("content.xml", OfficeParts.ODT, 512)
        .bytes();
  }

  /** One compressed sheet, listed again and again under other names. */
  private static byte[] overlapping() throws IOException {
    byte[] zip =
        OfficeParts.workbook(300)
            .addBlanks("xl/worksheets/sheet1.xml", OfficeParts.SHEET, 10)
            .bytes();
    ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    int end = zip.length - 22;
    int list = in.getInt(end + 16);
    int last = lastEntry(in, list, end);
    int length = end - last;
    ByteBuffer out =
        ByteBuffer.allocate(zip.length + 299 * (length + 2)).order(ByteOrder.LITTLE_ENDIAN);
    out.put(zip, 0, end);
    for (int i = 2; i <= 300; i++) {
      byte[] name = "xl/worksheets/sheet%d.xml".formatted(i).getBytes(UTF_8);
      byte[] entry = Arrays.copyOfRange(zip, last, last + 46);
      ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).putShort(28, (short) name.length);
      ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).putInt(30, 0);
      out.put(entry).put(name);
    }
    int size = out.position() - list;
    int place = out.position();
    out.put(zip, end, 22);
    int entries = in.getShort(end + 10) + 299;
    out.putShort(place + 8, (short) entries).putShort(place + 10, (short) entries);
    out.putInt(place + 12, size);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static int lastEntry(ByteBuffer zip, int list, int end) {
    int at = list;
    int last = list;
    while (at < end) {
      last = at;
      at += 46 + zip.getShort(at + 28) + zip.getShort(at + 30) + zip.getShort(at + 32);
    }
    return last;
  }

  private static byte[] nested() throws IOException {
    byte[] inner = new Zip().addBlanks("0", "", 100).bytes();
    for (int depth = 0; depth < 4; depth++) {
      Zip outer = new Zip();
      for (int i = 0; i < 16; i++) {
        outer.add(i + ".zip", inner);
      }
      inner = outer.bytes();
    }
    return inner;
  }

  private static byte[] withNested() throws IOException {
    return new Zip().add("word/document.xml", WORDS).add("word/more.zip", nested()).bytes();
  }

  private static byte[] picture() throws IOException {
    return new Zip()
        .add("word/document.xml", WORDS)
        .addBlanks("word/media/image1.bmp", "BM", 1024)
        .bytes();
  }

  private static byte[] manyParts() throws IOException {
    Zip book = OfficeParts.book("", "");
    for (int i = 0; i < 60_000; i++) {
      book.add(Integer.toString(i, 36), new byte[0]);
    }
    return book.bytes();
  }

  private static byte[] longSpine() throws IOException {
    return OfficeParts.book(
            "<item id=\"a\" href=\"a.xhtml\"/>", "<itemref idref=\"a\"/>".repeat(100_000))
        .add("a.xhtml", "<html><body><p>Again.</p></body></html>")
        .bytes();
  }
}
