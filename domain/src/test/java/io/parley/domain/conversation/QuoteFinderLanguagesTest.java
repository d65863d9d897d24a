package io.parley.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model plausibly says of a passage, and whether the passage supports it. */
class QuoteFinderLanguagesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Okafor prescribed 40mg of solene             | Dr. Okafor prescribes 40 mg of solene.
          The clinic was opening in 1994               | The clinic opened in 1994.
          The Marigold's master is Ines Falk           | The master of the Marigold is Ines Falk.
          The Marigold’s master is Ines Falk           | The Marigold's master: Ines Falk.
          It carries 1,200 passengers                  | She carries 1200 passengers.
          It carries 1200 passengers                   | She carries 1’200 passengers.
          It carries 1200 passengers                   | She carries 1\u00A0200 passengers.
          It weighs 3.5 tonnes                         | Weight: 3.5 tonnes
          The ferry has three decks                    | The ferry has 3 decks.
          A 24-hour shift lasts 24 hours               | A shift lasts 24 hours.
          Feeding is twice-daily for the starter       | The starter is fed; feeding: twice daily.
          Office hours are fine                        | Oﬃce hours are ﬁne.
          The café is at the harbour                   | The café is at the harbour.
          渡轮可载四百一十二名乘客                         | 渡轮可载四百一十二名乘客，黎明启航。
          这艘渡轮在黎明启航                               | 渡轮在黎明启航。船长是法尔克。
          渡轮载客412人                                  | 该渡轮载客412人。
          フェリーは夜明けに出航します                       | フェリーは毎日、夜明けに出航する。
          페리는 새벽에 출항합니다                          | 페리는 매일 새벽에 출항한다.
          เรือเฟอร์รี่ออกตอนรุ่งสาง                        | เรือเฟอร์รี่ออกเดินทางตอนรุ่งสาง
          کشتی میں ۴۱۲ مسافر سوار ہوتے ہیں              | کشتی میں 412 مسافر سوار ہوتے ہیں۔
          Die Fähre trägt 412 Passagiere               | Die Fähre Marigold trägt 412 Passagiere.
          Visitors are welcome                         | Visitors are welcome, but dogs are not.
          Visitors are not allowed in ward 3           | No visitors are allowed in ward 3.
          No, the clinic closes at 5                   | The clinic closes at 5.
          Not only tea but coffee is served            | Tea and coffee are served.
          The lamp, No. 7, costs 80 crowns             | Lamp No. 7 for 80 crowns
          """,
      quoteCharacter = '\0')
  void aSentenceThatSaysItSupportsIt(String claim, String passage) {
    assertThat(QuoteFinder.find(claim, passage))
        .as("%s <- %s", claim, passage)
        .hasValueSatisfying(q -> assertThat(passage).contains(q.span().of(passage)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          It carries 1,200 passengers                  | She carries 12 to 200 passengers.
          It weighs 3.5 tonnes                         | It weighs 5.3 tonnes.
          It weighs 3.5 tonnes                         | It weighs 35 tonnes.
          The ferry has three decks                    | The ferry has two decks.
          Okafor prescribes 45 mg of solene            | Okafor prescribes 40 mg of solene.
          Visitors are allowed in ward 3               | Visitors are not allowed in ward 3.
          Visitors are not allowed in ward 3           | Visitors are allowed in ward 3.
          The engine can be started cold               | The engine can't be started cold.
          The engine is started with oil               | The engine is never started with oil.
          Besucher sind erlaubt                        | Besucher sind nicht erlaubt.
          渡轮载客500人                                  | 该渡轮载客412人。
          船长住在海边的小屋里                              | 渡轮在黎明启航。
          کشتی میں ۵۰۰ مسافر سوار ہوتے ہیں              | کشتی میں 412 مسافر سوار ہوتے ہیں۔
          Lamp KX-4471-A costs 80 crowns               | Lamp KX-4471-B costs 80 crowns.
          """,
      quoteCharacter = '\0')
  void aSentenceThatSaysSomethingElseDoesNot(String claim, String passage) {
    assertThat(QuoteFinder.find(claim, passage)).as("%s <- %s", claim, passage).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          The price of the chair is 30 crowns | Chair ¦ 30 crowns
          A KX-4471-B lamp sells for 80       | Lamp KX-4471-B ¦ 80 crowns
          """)
  void aClaimFromATableQuotesItsRow(String claim, String row) {
    String table = "Item | Price\nLamp KX-4471-B | 80 crowns\nChair | 30 crowns\nDesk | 90 crowns";
    assertThat(QuoteFinder.find(claim, table))
        .hasValueSatisfying(q -> assertThat(q.span().of(table)).isEqualTo(row.replace('¦', '|')));
  }
}
