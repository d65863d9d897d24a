package io.parley.adapter.web.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that clients give their files. */
final class DispositionTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`form-data; name=\"f\"; filename=\"q\\\"uote.pdf\"`, `q\"uote.pdf`",
        "`form-data; name=\"f\"; filename=\"back\\\\slash.pdf\"`, `back\\slash.pdf`",
        "`form-data; name=\"f\"; filename=\"C:\\temp\\x.pdf\"`, `C:\\temp\\x.pdf`",
        "`form-data; name=\"f\"; filename=\"a;b=c.pdf\"`, `a;b=c.pdf`",
        "`form-data; name=f; filename=plain.pdf`, `plain.pdf`",
        "`FORM-DATA ;NAME = \"f\" ; FileName = \"x.pdf\" `, `x.pdf`",
        "`form-data; name=\"f\"; filename*=UTF-8''h%C3%B6he.pdf`, `höhe.pdf`",
        "`form-data; name=\"f\"; filename*=utf-8'en'a%20b.pdf; filename=\"x.pdf\"`, `a b.pdf`",
        "`form-data; name=\"f\"; filename=\"x.pdf\"; filename*=iso-8859-1''h%F6he.pdf`, `höhe.pdf`",
        "`form-data; name=\"f\"; filename=\"x.pdf\"; filename*=UTF-8''broken%zz`, `x.pdf`",
        "`form-data; name=\"f\"; filename=\"x.pdf\"; filename*=klingon''k.pdf`, `x.pdf`",
        "`form-data; name=\"f\"; filename=\"never closed`, `never closed`"
      })
  void aFileNameIsReadAsItWasMeant(String header, String fileName) {
    Disposition disposition = Disposition.parse(header);
    assertThat(disposition.isFormData()).isTrue();
    assertThat(disposition.parameter("name")).isEqualTo("f");
    assertThat(disposition.parameter("filename")).isEqualTo(fileName);
  }

  @Test
  void aPartWithoutAFileNameIsNoFile() {
    assertThat(Disposition.parse("form-data; name=\"f\"").parameter("filename")).isNull();
    assertThat(Disposition.parse("form-data; name=\"f\"; filename=\"\"").parameter("filename"))
        .isEmpty();
    assertThat(Disposition.parse("attachment; name=\"f\"").isFormData()).isFalse();
  }
}
