package io.parley.domain.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageGuessTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | The ferry leaves the harbour at noon, and it returns in the evening.
          de | Die Fähre verlässt den Hafen am Mittag und ist am Abend wieder da, nicht früher.
          fr | Le bac quitte le port à midi et il revient dans la soirée avec les passagers.
          es | El barco sale del puerto al mediodía y regresa por la noche con los pasajeros.
          it | Il traghetto parte dal porto a mezzogiorno e non torna con i passeggeri della sera.
          pt | O barco sai do porto ao meio-dia e não regressa com os passageiros da noite.
          nl | De veerboot vertrekt om twaalf uur van de haven en is niet voor de avond terug.
          ar | تغادر العبارة الميناء عند الظهر وتعود في المساء مع الركاب.
          ur | کشتی دوپہر کو بندرگاہ سے روانہ ہوتی ہے اور شام کو واپس آتی ہے۔
          hi | नौका दोपहर को बंदरगाह से निकलती है और शाम को लौटती है।
          zh | 渡轮中午十二点离开港口，晚上返回。
          ja | フェリーは正午に港を出て、夕方に戻ります。
          ko | 페리는 정오에 항구를 떠나 저녁에 돌아옵니다.
          """)
  void recognisesALanguage(String code, String text) {
    assertThat(LanguageGuess.of(text)).contains(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          numbers    | 12 34 56 78 90
          a name     | Marigold
          a table    | KX-4471-B spring washer M8 zinc KX-4472-A hinge steel KX-4473-C bolt
          Polish     | Prom opuszcza port w południe i wraca wieczorem z pasażerami na pokładzie.
          Russian    | Паром уходит из порта в полдень и возвращается вечером.
          Persian    | کشتی ظهر از بندر حرکت می‌کند و گروهی پس از چند ساعت برمی‌گردد.
          a mixture  | The ferry leaves at noon 渡轮中午十二点离开港口晚上返回渡轮中午
          """)
  void saysNothingRatherThanSomethingWrong(String what, String text) {
    assertThat(LanguageGuess.of(text)).as(what).isEmpty();
  }

  @Test
  void looksAtTheBeginningOfALongText() {
    String text = "The ferry leaves the harbour at noon. ".repeat(10_000) + "渡".repeat(900_000);
    assertThat(LanguageGuess.of(text)).contains("en");
    assertThat(LanguageGuess.of("")).isEmpty();
  }
}
