package io.parley.testkit.hostile;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Containers of old office documents whose chains of sectors turn in circles or lead nowhere. */
final class HostileContainers {

  private static final int SECTOR = 512;
  private static final int FREE = -1;
  private static final int END = -2;
  private static final int TABLE = -3;

  private HostileContainers() {}

  static List<HostileFile> all() {
    return List.of(
        file(
            "directory-loop.doc", "a list of streams that goes on in itself", "WordDocument", 1, 2),
        file(
            "stream-loop.xls",
            "a stream of 1 GB that is a circle of two sectors",
            "Workbook",
            END,
            3),
        file(
            "stream-lost.ppt",
            "a stream beyond the end of the file",
            "PowerPoint Document",
            END,
            9_999));
  }

  /**
   * A container of one stream.
   *
   * @param afterList the sector after the list of streams
   * @param afterStream the sector after the stream's second
   */
  private static HostileFile file(
      String name, String what, String stream, int afterList, int afterStream) {
    return new HostileFile(name, what, out -> out.write(container(stream, afterList, afterStream)));
  }

  private static byte[] container(String stream, int afterList, int afterStream) {
    ByteBuffer file = ByteBuffer.allocate(SECTOR * 8).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(0xE11AB1A1E011CFD0L);
    file.putShort(24, (short) 0x3E).putShort(26, (short) 3).putShort(28, (short) 0xFFFE);
    file.putShort(30, (short) 9).putShort(32, (short) 6);
    file.putInt(44, 1).putInt(48, 1).putInt(56, 4096).putInt(60, END).putInt(68, END);
    file.putInt(76, 0);
    for (int i = 1; i < 109; i++) {
      file.putInt(76 + 4 * i, FREE);
    }
    int[] table = {TABLE, afterList, 3, afterStream == 3 ? 2 : afterStream};
    for (int i = 0; i < SECTOR / 4; i++) {
      file.putInt(SECTOR + 4 * i, i < table.length ? table[i] : FREE);
    }
    entry(file, 0, "Root Entry", 5, 1, END, 0);
    entry(file, 1, stream, 2, FREE, 2, 1 << 30);
    return file.array();
  }

  private static void entry(
      ByteBuffer file, int index, String name, int type, int child, int start, int size) {
    int at = SECTOR * 2 + 128 * index;
    file.put(at, name.getBytes(UTF_16LE));
    file.putShort(at + 64, (short) (2 * name.length() + 2));
    file.put(at + 66, (byte) type).put(at + 67, (byte) 1);
    file.putInt(at + 68, FREE).putInt(at + 72, FREE).putInt(at + 76, child);
    file.putInt(at + 116, start).putInt(at + 120, size);
  }
}
