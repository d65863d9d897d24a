package io.parley.adapter.storage.filesystem;

import io.parley.domain.account.UserId;
import io.parley.domain.document.BlobKey;
import io.parley.domain.document.ContentType;
import io.parley.domain.document.DocumentName;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.Secret;
import io.parley.domain.port.storage.PreviewAs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks the tokens of preview links: {@code payload.signature}, both base64url without
 * padding. The signature is HMAC-SHA256 over the payload's text form, so that no second spelling of
 * a token passes.
 */
final class PreviewTokens {
  /** No token is longer: two names of 255 units, three bytes a unit, and the rest. */
  static final int MAX_LENGTH = 2_300;

  private static final int FORMAT = 1;
  private static final String PURPOSE = "parley-preview-1:";
  private static final String ALGORITHM = "HmacSHA256";
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final SecretKeySpec key;

  PreviewTokens(Secret key) {
    this.key = new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /** What a token says. */
  record Claims(BlobKey key, PreviewAs as, Instant expiresAt) {}

  /** The token; {@code expiresAt} counts in whole seconds. */
  String sign(Claims claims) {
    String payload = ENCODER.encodeToString(write(claims));
    return payload + "." + signature(payload);
  }

  /** What the token says; empty when it was not made here, or has expired by {@code now}. */
  Optional<Claims> verify(String token, Instant now) {
    int dot = token.indexOf('.');
    if (dot < 0 || token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String payload = token.substring(0, dot);
    byte[] given = token.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    byte[] right = signature(payload).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(right, given)) {
      return Optional.empty();
    }
    Claims claims = read(Base64.getUrlDecoder().decode(payload));
    return now.isBefore(claims.expiresAt()) ? Optional.of(claims) : Optional.empty();
  }

  private String signature(String payload) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return ENCODER.encodeToString(
          mac.doFinal((PURPOSE + payload).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] write(Claims claims) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeLong(claims.expiresAt().getEpochSecond());
      writeId(out, claims.key().owner().value());
      writeId(out, claims.key().ref().source().value());
      out.writeInt(claims.key().ref().version());
      out.writeUTF(claims.key().name().value());
      out.writeUTF(claims.as().name().value());
      out.writeUTF(claims.as().contentType().mediaType());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Claims read(byte[] signed) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(signed))) {
      int format = in.readUnsignedByte();
      if (format != FORMAT) {
        throw new IOException("Unknown format of a signed token: " + format);
      }
      Instant expiresAt = Instant.ofEpochSecond(in.readLong());
      UserId owner = new UserId(readId(in));
      VersionRef ref = new VersionRef(new SourceId(readId(in)), in.readInt());
      BlobKey key = new BlobKey(owner, ref, new DocumentName(in.readUTF()));
      DocumentName name = new DocumentName(in.readUTF());
      ContentType type = ContentType.ofMediaType(in.readUTF()).orElseThrow();
      return new Claims(key, new PreviewAs(name, type), expiresAt);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeId(DataOutputStream out, UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  private static UUID readId(DataInputStream in) throws IOException {
    return new UUID(in.readLong(), in.readLong());
  }
}
