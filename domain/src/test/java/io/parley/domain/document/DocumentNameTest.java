package io.parley.domain.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentNameTest {

  @ParameterizedTest
  @CsvSource({
    "report.pdf, report.pdf",
    "../../etc/passwd, passwd",
    "..\\..\\windows\\win.ini, win.ini",
    "C:\\notes\\a b.txt, a b.txt",
    "/a/b\\c.md, c.md",
    "'  plan.txt ', plan.txt",
    "dir/ plan.txt, plan.txt",
    ".hidden, .hidden",
    "..., ..."
  })
  void onlyTheLastPartOfAPathIsTaken(String given, String name) {
    assertThat(DocumentName.of(given).value()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "a/",
        "a\\",
        "a/..",
        "a/.",
        "\u0000",
        "..\u0000",
        "\u202E",
        "\u200C",
        "\u00A0",
        "/ ",
        "\uD800"
      })
  void whatLeavesNoNameIsRefusedWithASentence(String given) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DocumentName.of(given))
        .withMessageEndingWith(".");
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DocumentName.of("x".repeat(5_000)))
        .withMessageContaining("255");
    assertThatIllegalArgumentException().isThrownBy(() -> DocumentName.of("x".repeat(256)));
    assertThat(DocumentName.of("x".repeat(255)).value()).hasSize(255);
  }

  @Test
  void aLongPathWithAShortNameIsTaken() {
    assertThat(DocumentName.of("deep/".repeat(1_000) + "plan.txt").value()).isEqualTo("plan.txt");
  }

  @Test
  void controlsAndDirectionOverridesVanish() {
    assertThat(DocumentName.of("invoice\u202Efdp.exe").value()).isEqualTo("invoicefdp.exe");
    assertThat(DocumentName.of("a\r\nb\u0000\u007F\u0085.txt").value()).isEqualTo("ab.txt");
    assertThat(DocumentName.of("a\u2028b\u2066c\uFEFF.txt").value()).isEqualTo("abc.txt");
    assertThat(DocumentName.of("half\uD83D.txt").value()).isEqualTo("half.txt");
  }

  @Test
  void namesOfEveryScriptStay() {
    assertThat(DocumentName.of("رہنما\u200Cکتاب.pdf").value()).isEqualTo("رہنما\u200Cکتاب.pdf");
    assertThat(DocumentName.of("航海日誌 📄.txt").value()).isEqualTo("航海日誌 📄.txt");
  }

  @Test
  void aNameWithNulCannotBeMade() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DocumentName("a\u0000"));
  }

  @Test
  void whateverIsGivenAName_OrARefusal_ComesOut() {
    Random random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      String given = randomText(random);
      try {
        String name = DocumentName.of(given).value();
        assertThat(name).isNotBlank().doesNotContain("/", "\\").isNotIn(".", "..");
        assertThat(name.chars()).noneMatch(Character::isISOControl);
        assertThat(DocumentName.of(name).value()).isEqualTo(name);
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).endsWith(".");
      }
    }
  }

  private static String randomText(Random random) {
    String alphabet = "a./\\ \u0000\u200C\u202E\uD83D\uDCC4\u00A0ک\n";
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(8);
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
