package io.parley.adapter.web.security;

import io.parley.domain.account.PasswordHash;
import io.parley.domain.port.PortFailure;
import io.parley.domain.port.Secret;
import io.parley.domain.port.security.PasswordHasher;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * Argon2id (RFC 9106) with OWASP's first choice of parameters: 19 MiB, two passes, one lane. As
 * many passwords are hashed at once as there are processors, so that log-ins cannot use up the
 * memory.
 */
public final class Argon2PasswordHasher implements PasswordHasher {
  private static final int KIBIBYTES = 19_456;
  private static final int PASSES = 2;
  private static final int SALT = 16;
  private static final int HASH = 32;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern ENCODED =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,6}),t=(\\d{1,2}),p=(\\d)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private final Semaphore slots;
  private final PasswordHash nobody;

  private Argon2PasswordHasher(int concurrency) {
    this.slots = new Semaphore(concurrency, true);
    this.nobody = encode(KIBIBYTES, PASSES, 1, new byte[SALT], new byte[HASH]);
  }

  /** A hasher for this machine. */
  public static Argon2PasswordHasher open() {
    return new Argon2PasswordHasher(Math.max(1, Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public PasswordHash hash(Secret password) {
    if (password.reveal().length() > LONGEST) {
      throw new IllegalArgumentException("A password has at most 1,024 characters.");
    }
    byte[] salt = new byte[SALT];
    RANDOM.nextBytes(salt);
    byte[] hash = inTurn(password, parameters(KIBIBYTES, PASSES, 1, salt), HASH);
    return encode(KIBIBYTES, PASSES, 1, salt, hash);
  }

  @Override
  public boolean matches(Secret password, @Nullable PasswordHash hash) {
    Secret tried = new Secret(cut(password.reveal()));
    boolean same = same(tried, hash == null ? nobody : hash);
    return same && hash != null && password.reveal().length() <= LONGEST;
  }

  private boolean same(Secret password, PasswordHash hash) {
    Matcher parts = ENCODED.matcher(hash.encoded());
    if (!parts.matches()) {
      throw new PortFailure(
          PortFailure.Kind.CORRUPT_DATA,
          "Passwords",
          "A stored password hash cannot be read. Set the password anew.",
          null);
    }
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    Argon2Parameters parameters =
        parameters(number(parts, 1), number(parts, 2), number(parts, 3), salt);
    return MessageDigest.isEqual(expected, inTurn(password, parameters, expected.length));
  }

  private byte[] inTurn(Secret password, Argon2Parameters parameters, int length) {
    try {
      if (!slots.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy(e);
    }
    try {
      return argon2(password, parameters, length);
    } finally {
      slots.release();
    }
  }

  private static byte[] argon2(Secret password, Argon2Parameters parameters, int length) {
    byte[] bytes = password.reveal().getBytes(StandardCharsets.UTF_8);
    byte[] hash = new byte[length];
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    generator.generateBytes(bytes, hash);
    Arrays.fill(bytes, (byte) 0);
    return hash;
  }

  private static PortFailure busy(@Nullable Exception cause) {
    return new PortFailure(
        PortFailure.Kind.UNAVAILABLE,
        "Log-in",
        "Too many people log in at the moment. Try again in a few seconds.",
        cause);
  }

  private static Argon2Parameters parameters(int memory, int passes, int lanes, byte[] salt) {
    return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
        .withMemoryAsKB(memory)
        .withIterations(passes)
        .withParallelism(lanes)
        .withSalt(salt)
        .build();
  }

  private static PasswordHash encode(int memory, int passes, int lanes, byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return new PasswordHash(
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                memory, passes, lanes, base64.encodeToString(salt), base64.encodeToString(hash)));
  }

  private static String cut(String password) {
    return password.length() <= LONGEST ? password : password.substring(0, LONGEST);
  }

  private static int number(Matcher parts, int group) {
    return Integer.parseInt(parts.group(group));
  }
}
