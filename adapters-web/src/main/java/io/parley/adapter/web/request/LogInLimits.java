package io.parley.adapter.web.request;

import io.micronaut.http.HttpRequest;
import io.parley.adapter.web.WebConfig;
import io.parley.adapter.web.WebServices;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.storage.RateDecision;
import io.parley.domain.port.storage.RateLimit;
import io.parley.domain.port.storage.RateLimiter;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/**
 * Wrong passwords, for one account from one address and for one address in all. Nobody can lock an
 * account for those who come from elsewhere. Behind a proxy all come from the proxy's address: both
 * limits are shared there, and a stranger's wrong passwords may keep others out until the next
 * minute.
 */
@Singleton
public final class LogInLimits {
  private static final int ADDRESS_FACTOR = 30;

  private final RateLimiter limiter;
  private final RateLimit pairs;
  private final RateLimit addresses;

  LogInLimits(WebConfig config, WebServices services) {
    int perMinute = config.limits().logInsPerMinute();
    this.limiter = services.rateLimiter();
    this.pairs = RateLimit.perMinute("log-in", perMinute);
    this.addresses = RateLimit.perMinute("log-in-address", (long) perMinute * ADDRESS_FACTOR);
  }

  /** An attempt that counts until {@link #succeeded()} takes it back. */
  public final class Attempt {
    private final String pair;
    private final String address;

    private Attempt(String pair, String address) {
      this.pair = pair;
      this.address = address;
    }

    /**
     * Compares the password. Where that fails, nobody knows that it was wrong: it does not count.
     */
    public <T> T by(Supplier<T> comparison) {
      try {
        return comparison.get();
      } catch (PortFailure e) {
        succeeded();
        throw e;
      }
    }

    /** The password was right: the attempt does not count. */
    public void succeeded() {
      limiter.giveBack(pairs, pair);
      limiter.giveBack(addresses, address);
    }
  }

  /**
   * Admits an attempt or ends the request with 429, the same for accounts that do not exist.
   *
   * @param account what tells the account from others; asked for once the address is admitted
   */
  public Attempt begin(HttpRequest<?> request, Supplier<String> account) {
    String address = RateLimitFilter.address(request);
    admit(limiter.take(addresses, address));
    String pair = address + " " + known(address, account);
    admit(limiter.take(pairs, pair));
    return new Attempt(pair, address);
  }

  private String known(String address, Supplier<String> account) {
    try {
      return account.get();
    } catch (PortFailure e) {
      limiter.giveBack(addresses, address);
      throw e;
    }
  }

  private static void admit(RateDecision decision) {
    if (decision instanceof RateDecision.Refused refused) {
      throw RateLimits.refusal(refused, "Too many wrong passwords. Wait a little, then try again.")
          .asException();
    }
  }
}
