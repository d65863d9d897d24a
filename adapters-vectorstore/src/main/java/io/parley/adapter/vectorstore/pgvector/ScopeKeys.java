package io.parley.adapter.vectorstore.pgvector;

import io.parley.domain.account.TenantId;
import io.parley.domain.bot.BotId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.apache.lucene.util.BytesRef;

/**
 * Numbers that terms of one bot have in the database: the beginning of their digest, with tenant
 * and bot in it. A list of them is short whatever the terms are, its index leads to the bot's own
 * chunks alone, and it says nothing of the words. That two terms of a bot meet is a matter of
 * billions of terms; then a chunk too many is found, of the same bot.
 */
final class ScopeKeys {
  private final MessageDigest scope = sha256();

  ScopeKeys(TenantId tenant, BotId bot) {
    scope.update(bytes(tenant.value(), bot.value()));
  }

  long attribute(BytesRef term) {
    return key("attribute", term);
  }

  long word(String analyser, BytesRef term) {
    return key("word " + analyser, term);
  }

  private long key(String kind, BytesRef term) {
    MessageDigest digest = copy();
    // No kind holds a NUL, so that no pair reads like another.
    digest.update((kind + '\0').getBytes(StandardCharsets.UTF_8));
    digest.update(term.bytes, term.offset, term.length);
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  private MessageDigest copy() {
    try {
      return (MessageDigest) scope.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The JDK's digests can be copied.", e);
    }
  }

  private static byte[] bytes(UUID... ids) {
    ByteBuffer buffer = ByteBuffer.allocate(16 * ids.length);
    for (UUID id : ids) {
      buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }
    return buffer.array();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256.", e);
    }
  }
}
