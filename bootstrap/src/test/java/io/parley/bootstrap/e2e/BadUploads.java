package io.parley.bootstrap.e2e;

import io.parley.bootstrap.e2e.Api.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** Files that are no documents, or not quite. */
final class BadUploads {
  private static final String TEXT = "The ferry to Ludden leaves at noon.";

  private final Api api;
  private final String documents;

  BadUploads(Api api, String bot) {
    this.api = api;
    this.documents = bot + "/documents";
  }

  List<BadInput> all() {
    return List.of(
        BadInput.refused("an upload without a file", 422, () -> api.upload(documents, null)),
        BadInput.refused("an empty file", 422, () -> upload("empty.txt", new byte[0])),
        BadInput.failing("a text of blanks only", () -> text("blank.txt", " \n\t \n")),
        BadInput.failing("a PDF without text", () -> upload("scan.pdf", pdf(false))),
        BadInput.refused("a picture", 415, () -> upload("picture.png", png())),
        BadInput.refused("a picture called .pdf", 415, () -> upload("picture.pdf", png())),
        BadInput.fine(
            "a PDF called .txt",
            () -> upload("pdf.txt", Samples.read("solene-2-trial-summary.pdf"))),
        BadInput.failing(
            "a PDF of noise", () -> text("noise.pdf", "%PDF-1.7\n" + "noise ".repeat(1_000))),
        BadInput.failing("a PDF that was cut off", () -> upload("cut.pdf", cut())),
        BadInput.failing("a PDF with a password", () -> upload("locked.pdf", pdf(true))),
        BadInput.failing("a Word file that unpacks to 512 MB", () -> upload("bomb.docx", bomb())),
        BadInput.fine(
            "a name of ../../etc/passwd", () -> text("../../etc/passwd", TEXT + " Tickets: 1.")),
        BadInput.refused(
            "a name of 5,000 characters", 422, () -> text("n".repeat(4_996) + ".txt", TEXT)),
        BadInput.refused(
            "a name of 256 characters", 422, () -> text("n".repeat(252) + ".txt", TEXT)),
        BadInput.refused("an empty name", 422, () -> text("", TEXT)),
        BadInput.refused("a file over the limit", 413, () -> upload("big.txt", big())),
        BadInput.fine("a text that is not UTF-8", () -> upload("latin.txt", latin())),
        BadInput.refused("a text with a NUL in it", 415, () -> text("nul.txt", TEXT + "\0")),
        BadInput.refused(
            "metadata that is not JSON",
            400,
            () -> api.upload(documents, "year=2024", Upload.text("a.txt", TEXT))),
        BadInput.refused(
            "an upload that is JSON", 415, () -> api.post(documents, "{\"file\":\"a\"}")),
        BadInput.refused(
            "an empty text, as JSON",
            422,
            () -> api.post(documents + "/text", "{\"name\":\"a.txt\",\"content\":\"\"}")));
  }

  private Answer upload(String name, byte[] content) {
    return api.upload(documents, null, new Upload(name, content));
  }

  private Answer text(String name, String content) {
    return api.upload(documents, null, Upload.text(name, content));
  }

  private static byte[] png() {
    byte[] picture = new byte[2_000];
    byte[] head = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    System.arraycopy(head, 0, picture, 0, head.length);
    return picture;
  }

  private static byte[] cut() {
    return Arrays.copyOf(Samples.read("gruenthal-clock-catalogue.pdf"), 900);
  }

  private static byte[] big() {
    byte[] text = new byte[(10 << 20) + 1];
    Arrays.fill(text, (byte) 'a');
    return text;
  }

  private static byte[] latin() {
    return "Das Fährhaus öffnet um zwölf Uhr.".getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] pdf(boolean locked) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      if (locked) {
        document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      }
      document.save(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] bomb() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
      zip.write("<Types/>".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("word/document.xml"));
      byte[] blanks = new byte[1 << 20];
      for (int i = 0; i < 512; i++) {
        zip.write(blanks);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
