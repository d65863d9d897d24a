package io.parley.adapter.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionException;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.PortFailure.Kind;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisFailuresTest {
  private static PortFailure of(Throwable thrown) {
    return RedisFailures.of(thrown, "cache.example.com:6379");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOAUTH Authentication required. | CREDENTIALS_REJECTED",
        "WRONGPASS invalid username-password pair or user is disabled. | CREDENTIALS_REJECTED",
        "ERR invalid password | CREDENTIALS_REJECTED",
        "ERR AUTH <password> called without any password configured | CREDENTIALS_REJECTED",
        "OOM command not allowed when used memory > 'maxmemory'. | STORAGE_FULL",
        "READONLY You can't write against a read only replica. | UNAVAILABLE",
        "LOADING Redis is loading the dataset in memory | UNAVAILABLE",
        "MASTERDOWN Link with MASTER is down | UNAVAILABLE",
        "NOPERM this user has no permissions to run the 'eval' command | INVALID_CONFIGURATION",
        "MOVED 866 10.0.0.1:6379 | INVALID_CONFIGURATION",
        "WRONGTYPE Operation against a key holding the wrong kind of value | CORRUPT_DATA",
        "ERR DB index is out of range | INVALID_CONFIGURATION",
        "what was sent: s3cr3t | INVALID_CONFIGURATION"
      })
  void aRefusalHasAKindAndASentenceThatQuotesNothing(String message, Kind kind) {
    PortFailure failure = of(new CompletionException(new RedisCommandExecutionException(message)));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.sentence())
        .contains("cache.example.com:6379")
        .doesNotContain("s3cr3t", "10.0.0.1", "Operation against");
  }

  @Test
  void aConnectionThatIsNotMadeIsARedisThatIsAway() {
    assertThat(of(new RedisConnectionException("no", new ConnectException("refused"))).kind())
        .isEqualTo(Kind.UNAVAILABLE);
    assertThat(of(new CompletionException(new ConnectException("refused"))).kind())
        .isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void aCertificateThatIsNotTrustedIsAMatterOfSettings() {
    PortFailure failure =
        of(new RedisConnectionException("no", new SSLHandshakeException("PKIX path")));
    assertThat(failure.kind()).isEqualTo(Kind.INVALID_CONFIGURATION);
    assertThat(failure.sentence()).contains("rediss://").contains("trusts");
  }

  @Test
  void whatCannotBeReadIsDamage() {
    assertThat(of(new UncheckedIOException(new EOFException())).kind())
        .isEqualTo(Kind.CORRUPT_DATA);
    assertThat(of(new IllegalArgumentException("no bucket")).kind()).isEqualTo(Kind.CORRUPT_DATA);
  }
}
