package io.parley.testkit.sample;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/**
 * A Word 97 document by hand, with the least that the format asks for: there is no writer of it.
 */
final class DocTypesetter {

  private static final int TEXT_AT = 1024;
  private static final int PARAGRAPHS_AT = 4096;
  private static final int RUNS_AT = 4608;
  private static final int PAGE = 512;
  private static final int PLACES = 154;
  private static final int NORMAL = 0;
  private static final int HEADING = 1;

  /** A paragraph with its closing mark, its style, and what it is in a table. */
  private record Line(String text, int style, boolean inTable, boolean endsRow) {}

  private final List<Line> lines = new ArrayList<>();
  private final ByteBuffer main = buffer(RUNS_AT + PAGE);
  private final ByteBuffer table = buffer(4096);

  private DocTypesetter() {}

  static byte[] document() throws IOException {
    DocTypesetter typesetter = new DocTypesetter();
    typesetter.line("Rules of the quay", HEADING);
    typesetter.line("Boats are moored bow first, says Zoë.", NORMAL);
    typesetter.row("Hour", "Gate");
    typesetter.row("22:00", "closed");
    typesetter.line("\fGuests sign the book of the watch.", NORMAL);
    return typesetter.bytes();
  }

  private void line(String text, int style) {
    lines.add(new Line(text + "\r", style, false, false));
  }

  private void row(String... cells) {
    for (String cell : cells) {
      lines.add(new Line(cell + "\u0007", NORMAL, true, false));
    }
    lines.add(new Line("\u0007", NORMAL, true, true));
  }

  private byte[] bytes() throws IOException {
    int length = 0;
    for (Line line : lines) {
      byte[] text = line.text.getBytes(Charset.forName("windows-1252"));
      main.position(TEXT_AT + length).put(text);
      length += text.length;
    }
    head(length);
    paragraphs();
    runs(length);
    table.position(8);
    place(1, styles());
    place(6, shorts(ints(buffer(20), 0, length), 8, 0, -1, -1, 0, 0, 0));
    place(12, ints(buffer(12), TEXT_AT, TEXT_AT + length, RUNS_AT / PAGE));
    place(13, ints(buffer(12), TEXT_AT, TEXT_AT + length, PARAGRAPHS_AT / PAGE));
    place(15, buffer(4));
    place(31, buffer(600));
    place(33, pieces(length));
    return container();
  }

  private void head(int length) {
    main.putShort(0, (short) 0xA5EC).putShort(2, (short) 0xC1).putShort(6, (short) 0x409);
    main.putShort(10, (short) 0x0200).putShort(12, (short) 0xBF);
    main.putInt(24, TEXT_AT).putInt(28, TEXT_AT + length);
    main.putShort(32, (short) 14).putShort(62, (short) 22).putShort(152, (short) 93);
    main.putInt(64, main.capacity()).putInt(76, length);
  }

  /** Says in the head where a structure lies, and puts it there. */
  private void place(int index, ByteBuffer structure) {
    main.putInt(PLACES + 8 * index, table.position());
    main.putInt(PLACES + 8 * index + 4, structure.capacity());
    table.put(structure.array());
  }

  private void paragraphs() {
    int at = TEXT_AT;
    int properties = PAGE - 2;
    int count = lines.size();
    for (int i = 0; i < count; i++) {
      byte[] described = described(lines.get(i));
      properties -= described.length + described.length % 2;
      main.position(PARAGRAPHS_AT + properties).put(described);
      main.putInt(PARAGRAPHS_AT + 4 * i, at);
      main.put(PARAGRAPHS_AT + 4 * (count + 1) + 13 * i, (byte) (properties / 2));
      at += lines.get(i).text.length();
    }
    main.putInt(PARAGRAPHS_AT + 4 * count, at);
    main.put(PARAGRAPHS_AT + PAGE - 1, (byte) count);
  }

  private static byte[] described(Line line) {
    byte style = (byte) line.style;
    if (line.endsRow) {
      return new byte[] {0, 4, style, 0, 0x16, 0x24, 1, 0x17, 0x24, 1};
    }
    return line.inTable ? new byte[] {3, style, 0, 0x16, 0x24, 1} : new byte[] {0, 1, style, 0};
  }

  private void runs(int length) {
    main.putInt(RUNS_AT, TEXT_AT).putInt(RUNS_AT + 4, TEXT_AT + length);
    main.put(RUNS_AT + PAGE - 1, (byte) 1);
  }

  private static ByteBuffer pieces(int length) {
    ByteBuffer pieces = buffer(21);
    pieces.put((byte) 2).putInt(16).putInt(0).putInt(length);
    return pieces.putShort((short) 0).putInt(TEXT_AT * 2 | 0x4000_0000).putShort((short) 0);
  }

  private static ByteBuffer styles() {
    ByteBuffer normal = style(0, 0xFFF, "Normal");
    ByteBuffer heading = style(1, 0, "heading 1");
    ByteBuffer all = buffer(20 + normal.capacity() + heading.capacity());
    shorts(all, 0, 18, 2, 10, 1, 91, 15, 0, 0, 0, 0);
    return all.position(20).put(normal.array()).put(heading.array());
  }

  private static ByteBuffer style(int number, int base, String name) {
    int length = 10 + 2 + 2 * name.length() + 2 + 4 + 2;
    ByteBuffer style = buffer(2 + length);
    shorts(style, 0, length, number, 1 | base << 4, 2, length, 0, name.length());
    style.position(14).put(name.getBytes(UTF_16LE)).putShort((short) 0);
    style.putShort((short) 2).putShort((short) number).putShort((short) 0);
    return style;
  }

  private byte[] container() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (POIFSFileSystem file = new POIFSFileSystem()) {
      file.createDocument(new ByteArrayInputStream(main.array()), "WordDocument");
      file.createDocument(new ByteArrayInputStream(table.array()), "1Table");
      file.writeFilesystem(bytes);
    }
    return bytes.toByteArray();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer ints(ByteBuffer buffer, int... values) {
    for (int i = 0; i < values.length; i++) {
      buffer.putInt(4 * i, values[i]);
    }
    return buffer;
  }

  private static ByteBuffer shorts(ByteBuffer buffer, int at, int... values) {
    for (int i = 0; i < values.length; i++) {
      buffer.putShort(at + 2 * i, (short) values[i]);
    }
    return buffer;
  }
}
