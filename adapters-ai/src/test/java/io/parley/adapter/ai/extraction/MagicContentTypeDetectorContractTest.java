package io.parley.adapter.ai.extraction;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.document.ContentType;
import io.parley.domain.port.ai.ContentTypeDetector;
import io.parley.testkit.ai.ContentTypeDetectorContract;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class MagicContentTypeDetectorContractTest extends ContentTypeDetectorContract {

  @Override
  protected ContentTypeDetector detector() {
    return new MagicContentTypeDetector();
  }

  @Test
  void a_protected_word_document_is_taken_so_that_its_owner_can_be_told() {
    byte[] head =
        Arrays.copyOf(
            new byte[] {
              (byte) 0xD0,
              (byte) 0xCF,
              0x11,
              (byte) 0xE0,
              (byte) 0xA1,
              (byte) 0xB1,
              0x1A,
              (byte) 0xE1
            },
            2048);
    byte[] name = "EncryptedPackage".getBytes(UTF_16LE);
    System.arraycopy(name, 0, head, 1024, name.length);
    head[1024 + 64] = (byte) (name.length + 2);

    assertThat(detector().detect(head, "a")).contains(ContentType.DOCX);
  }

  @Test
  void markdown_may_begin_with_markup() {
    assertThat(detector().detect("<p align=\"center\">Hi</p>\n\n# Hello".getBytes(UTF_8), "R.md"))
        .contains(ContentType.MARKDOWN);
  }

  @Test
  void a_piece_of_a_page_is_html() {
    assertThat(detector().detect("<div>Hi</div><p>there".getBytes(UTF_8), "a"))
        .contains(ContentType.HTML);
  }
}
