package io.parley.testkit.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * PDFs that turn in circles, or never come to an end. Without a table of places, as damaged ones.
 */
final class HostilePdfs {

  private static final String HEAD = "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n";
  private static final String ONE_PAGE =
      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
          + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<"
          + "/Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>endobj\n"
          + "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n";
  private static final String END = "trailer<</Root 1 0 R>>\n%%EOF";

  private HostilePdfs() {}

  static List<HostileFile> all() {
    return List.of(
        pdf(
            "loop.pdf",
            "a page tree that contains itself",
            out -> text(out, "2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>endobj\n")),
        pdf(
            "count.pdf",
            "two billion pages by its own count",
            out -> text(out, ONE_PAGE.replace("/Count 1", "/Count 2000000000") + words())),
        pdf("deep.pdf", "a page tree 20,000 levels deep", HostilePdfs::deepTree),
        pdf("objects.pdf", "400,000 objects", HostilePdfs::objects),
        pdf(
            "stream.pdf",
            "a content stream that unpacks to 512 MB of blanks",
            out -> {
              text(out, ONE_PAGE);
              stream(out, 4, "/Filter/FlateDecode", packed(" ", 1L << 29));
            }),
        pdf(
            "text.pdf",
            "a content stream that shows text without end",
            out -> {
              text(out, ONE_PAGE);
              String show = "BT /F 9 Tf 9 9 Td (word word word word) Tj ET\n";
              stream(out, 4, "/Filter/FlateDecode", packed(show, 1L << 29));
            }),
        pdf(
            "twice.pdf",
            "a stream packed twice that unpacks to 512 MB",
            out -> {
              text(out, ONE_PAGE);
              byte[] once = packed(" ", 1L << 29);
              ByteArrayOutputStream twice = new ByteArrayOutputStream();
              try (OutputStream pack = new DeflaterOutputStream(twice)) {
                pack.write(once);
              }
              stream(out, 4, "/Filter[/FlateDecode/FlateDecode]", twice.toByteArray());
            }),
        pdf(
            "drawing.pdf",
            "a drawing that draws itself",
            out -> {
              text(out, ONE_PAGE);
              stream(out, 4, "", "/X Do".getBytes(ISO_8859_1));
              stream(
                  out,
                  6,
                  "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>",
                  "/X Do /X Do".getBytes(ISO_8859_1));
            }),
        pdf(
            "picture.pdf",
            "words, and a picture of 100,000 × 100,000 points",
            out -> {
              text(out, ONE_PAGE + words().replace("ET", "ET /X Do"));
              stream(
                  out,
                  6,
                  "/Type/XObject/Subtype/Image/Width 100000/Height 100000/ColorSpace/DeviceRGB"
                      + "/BitsPerComponent 8/Filter/FlateDecode",
                  packed("\0", 1L << 29));
            }),
        pdf(
            "arrays.pdf",
            "arrays in arrays, 500,000 deep",
            out -> text(out, "2 0 obj" + "[".repeat(500_000) + "endobj\n")),
        pdf(
            "lengths.pdf",
            "streams whose lengths are each other",
            out ->
                text(out, ONE_PAGE + "4 0 obj<</Length 4 0 R>>stream\nBT ET\nendstream endobj\n")));
  }

  private static HostileFile pdf(String name, String what, HostileFile.Content body) {
    return new HostileFile(
        name,
        what,
        out -> {
          text(out, HEAD);
          body.writeTo(out);
          text(out, END);
        });
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  private static String words() {
    String words = "BT /F 12 Tf 72 700 Td (Words beside it.) Tj ET";
    return "4 0 obj<</Length " + words.length() + ">>stream\n" + words + "\nendstream endobj\n";
  }

  private static void stream(OutputStream out, int number, String entries, byte[] content)
      throws IOException {
    text(out, number + " 0 obj<<" + entries + "/Length " + content.length + ">>stream\n");
    out.write(content);
    text(out, "\nendstream endobj\n");
  }

  /** So many bytes of the same words, packed. */
  private static byte[] packed(String words, long length) throws IOException {
    byte[] piece = words.repeat((1 << 20) / words.length()).getBytes(ISO_8859_1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream pack =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_SPEED), 65_536)) {
      for (long done = 0; done < length; done += piece.length) {
        pack.write(piece);
      }
    }
    return bytes.toByteArray();
  }

  private static void deepTree(OutputStream out) throws IOException {
    for (int i = 2; i < 20_000; i++) {
      text(out, i + " 0 obj<</Type/Pages/Kids[" + (i + 1) + " 0 R]/Count 1>>endobj\n");
    }
    text(out, "20000 0 obj<</Type/Page/MediaBox[0 0 9 9]>>endobj\n");
  }

  private static void objects(OutputStream out) throws IOException {
    text(out, ONE_PAGE + words());
    for (int i = 10; i < 400_000; i++) {
      text(out, i + " 0 obj 1 endobj\n");
    }
  }
}
