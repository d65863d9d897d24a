package io.parley.domain.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.parley.domain.access.Access;
import io.parley.domain.access.Actor;
import io.parley.domain.access.BotGrant;
import io.parley.domain.access.BotScope;
import io.parley.domain.access.Permission;
import io.parley.domain.account.TenantId;
import io.parley.domain.account.UserId;
import io.parley.domain.bot.BotId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SourceTextTest {
  private static final UserId OWNER = new UserId(new UUID(2, 1));
  private static final SourceId SOURCE = new SourceId(new UUID(4, 1));
  private static final DocumentName NAME = new DocumentName("plan.txt");

  @Test
  void aSpanIsHalfOpenAndMayBeEmpty() {
    assertThat(new TextSpan(2, 5).of("abcdefg")).isEqualTo("cde");
    assertThat(new TextSpan(2, 5).length()).isEqualTo(3);
    assertThat(new TextSpan(3, 3).of("abc")).isEmpty();
    assertThat(new TextSpan(2, 5).shifted(10)).isEqualTo(new TextSpan(12, 15));
  }

  @Test
  void whatIsNoSpanIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TextSpan(-1, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new TextSpan(3, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> new TextSpan(1, 2).shifted(-2));
  }

  @Test
  void pagesAndVersionsCountFromOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> PageText.plain(0, "text"));
    assertThatIllegalArgumentException().isThrownBy(() -> new VersionRef(SOURCE, 0));
    assertThat(PageText.plain(1, "").text()).isEmpty();
  }

  @Test
  void theBlocksOfAPageCannotBeChangedAfterwards() {
    List<PageText.Block> blocks = new ArrayList<>();
    PageText page = new PageText(1, "Heading", "text", blocks);
    blocks.add(new PageText.Block(PageText.Block.Kind.LIST, new TextSpan(0, 4)));
    assertThat(page.blocks()).isEmpty();
  }

  @Test
  void aChunkHoldsExactlyItsSpan() {
    VersionRef ref = new VersionRef(SOURCE, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new Chunk(ChunkId.of(ref, 0), ref, 0, 1, new TextSpan(0, 3), null, "four"));
    Chunk chunk = new Chunk(ChunkId.of(ref, 0), ref, 0, 1, new TextSpan(9, 13), "Title", "four");
    assertThat(chunk.embeddingText()).isEqualTo("Title\nfour");
  }

  @Test
  void bytesLieUnderOwnerDocumentAndVersion() {
    String folder = "documents/" + OWNER + "/" + SOURCE + "/";
    assertThat(key(1).path()).isEqualTo(folder + "plan.txt");
    assertThat(key(2).path()).isEqualTo(folder + "v2/plan.txt");
    assertThat(key(12).path()).isEqualTo(folder + "v12/plan.txt");
  }

  @Test
  void aKeyOfAnotherOwnerIsRefused() {
    key(1).requireWithin(scope(OWNER));
    assertThatIllegalStateException()
        .isThrownBy(() -> key(1).requireWithin(scope(new UserId(new UUID(2, 2)))));
  }

  private static BlobKey key(int version) {
    return BlobKey.of(scope(OWNER), new VersionRef(SOURCE, version), NAME);
  }

  private static BotScope scope(UserId owner) {
    TenantId tenant = new TenantId(new UUID(1, 1));
    BotId bot = new BotId(new UUID(3, 1));
    Actor actor = Actor.Person.of(tenant, owner, false);
    return ((Access.Decision.Granted)
            Access.check(actor, new BotGrant(bot, tenant, owner, false), Permission.WRITE))
        .scope();
  }
}
