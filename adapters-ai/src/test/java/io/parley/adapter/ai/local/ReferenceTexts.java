package io.parley.adapter.ai.local;

import java.util.List;

/**
 * Texts on which tokenizers like to disagree. None is longer than the reference reads in one piece.
 */
final class ReferenceTexts {
  static final List<String> ALL =
      List.of(
          "The ferry leaves the harbour at noon.",
          "Naïve café owners in Zürich, Århus and İstanbul ate crème brûlée; ΣΊΣΥΦΟΣ didn't.",
          "$3.50/kg — that's 12% (or “so”) of <b>A&B</b> `code` ~x^2|y_z {a}[b]@c#d",
          "کتاب میز پر رکھی ہے۔ کیا آپ نے اسے پڑھا؟",
          "वह किताब मेज़ पर रखी है।",
          "渡轮中午离开港口。它什么时候回来？ カタカナとひらがな 한국어 문장",
          "🙂 a smile 👩‍👩‍👧 a family\u200b and\u00adsoft\u0000 zero \ufffd bad\tTabs\r\nand lines\u00a0here",
          "supercalifragilisticexpialidocious antidisestablishmentarianism " + "z".repeat(120),
          "x",
          "…!?",
          "W3-1 and Z-9981 met Doctor Imani of ward 7b on 2026-11-21T03:40:00Z",
          "ﬁne ligatures Ⅳ ½ ² ㎏ ﷽ ə ß ẞ ŉ ǆ");

  private ReferenceTexts() {}
}
