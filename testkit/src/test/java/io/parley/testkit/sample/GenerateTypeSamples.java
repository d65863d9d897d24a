package io.parley.testkit.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * Makes one small document of each binary type that the samples' sources are not written in.
 *
 * <p>Argument: the folder for them. {@code docs/samples.md} has the command.
 */
final class GenerateTypeSamples {

  private final Path folder;

  private GenerateTypeSamples(Path folder) {
    this.folder = folder;
  }

  static void main(String[] args) throws IOException {
    Files.createDirectories(Path.of(args[0]));
    new GenerateTypeSamples(Path.of(args[0])).all();
  }

  private void all() throws IOException {
    try (Workbook workbook = new XSSFWorkbook();
        OutputStream out = to("kestrel-berths.xlsx")) {
      new SheetTypesetter(workbook).write(out);
    }
    try (Workbook workbook = new HSSFWorkbook();
        OutputStream out = to("kestrel-berths.xls")) {
      new SheetTypesetter(workbook).write(out);
    }
    try (OutputStream out = to("kestrel-talk.pptx")) {
      SlideTypesetter.writeNew(out);
    }
    try (OutputStream out = to("kestrel-talk.ppt")) {
      SlideTypesetter.writeOld(out);
    }
    try (OutputStream out = to("kestrel-rules.doc")) {
      out.write(DocTypesetter.document());
    }
    packed("kestrel-rules.odt", "application/vnd.oasis.opendocument.text", TextPackages.ODT);
    packed("kestrel-history.epub", "application/epub+zip", TextPackages.EPUB);
  }

  private OutputStream to(String name) throws IOException {
    return Files.newOutputStream(folder.resolve(name));
  }

  private void packed(String name, String type, String[][] parts) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(to(name))) {
      ZipEntry mimetype = new ZipEntry("mimetype");
      CRC32 sum = new CRC32();
      sum.update(type.getBytes(UTF_8));
      mimetype.setMethod(ZipEntry.STORED);
      mimetype.setSize(type.length());
      mimetype.setCrc(sum.getValue());
      mimetype.setTime(0);
      zip.putNextEntry(mimetype);
      zip.write(type.getBytes(UTF_8));
      for (String[] part : parts) {
        ZipEntry entry = new ZipEntry(part[0]);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(part[1].getBytes(UTF_8));
      }
    }
  }
}
