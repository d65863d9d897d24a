package io.parley.domain.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuoteFinderTest {
  private static final String PASSAGE =
      """
      The clinic opened in 1994. Dr. Imani Okafor of ward W3-1 prescribes 40 mg of solene.
      Visitors are welcome.

      Item | Price
      Lamp KX-4471-B | 80 crowns
      Chair | 30 crowns\
      """;

  @Test
  void quotesTheSentenceThatSupportsTheClaimBest() {
    var quote = QuoteFinder.find("Okafor prescribes 40 mg of solene", PASSAGE).orElseThrow();

    assertThat(quote.span().of(PASSAGE))
        .isEqualTo("Dr. Imani Okafor of ward W3-1 prescribes 40 mg of solene.");
    assertThat(quote.support()).isEqualTo(1);
  }

  @Test
  void quotesOneRowOfATable() {
    var quote = QuoteFinder.find("The lamp KX-4471-B costs 80 crowns.", PASSAGE).orElseThrow();

    assertThat(quote.span().of(PASSAGE)).isEqualTo("Lamp KX-4471-B | 80 crowns");
  }

  @Test
  void aNumberThatIsNotThereIsNotSupported() {
    assertThat(QuoteFinder.find("Okafor prescribes 45 mg of solene", PASSAGE)).isEmpty();
  }

  @Test
  void whatIsSaidElsewhereIsNotSupported() {
    assertThat(QuoteFinder.find("Bread is baked at dawn", PASSAGE)).isEmpty();
    assertThat(QuoteFinder.find("it is the", PASSAGE)).isEmpty();
  }

  @Test
  void aClaimOverTwoSentencesQuotesBoth() {
    var quote =
        QuoteFinder.find(
                "The clinic, opened in 1994, has Okafor prescribing 40 mg of solene in ward W3-1",
                PASSAGE)
            .orElseThrow();

    assertThat(quote.span().of(PASSAGE)).contains("W3-1");
  }
}
