package io.parley.adapter.persistence;

import com.fasterxml.jackson.core.type.TypeReference;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.IngestionRepository.Cut;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Pages and chunks, written many at once. */
final class IngestedText {

  private static final TypeReference<List<List<Object>>> BLOCKS = new TypeReference<>() {};

  private final Sql sql;

  IngestedText(Sql sql) {
    this.sql = sql;
  }

  void clearPages(BotScope scope, VersionRef ref) {
    sql.update(
        "delete from pages using source_versions v where pages.source_id = v.source_id"
            + " and pages.version = v.version and "
            + PostgresIngestionRepository.AT_WORK,
        PostgresIngestionRepository.at(scope, ref));
  }

  Cut cutUpTo(BotScope scope, VersionRef ref, int page) {
    sql.update(
        "delete from chunks using source_versions v where chunks.page > ?"
            + " and chunks.source_id = v.source_id and chunks.version = v.version and "
            + PostgresIngestionRepository.AT_WORK,
        page,
        ref.source().value(),
        ref.version(),
        scope.tenant().value(),
        scope.bot().value());
    int chunks =
        sql.one(
            "select coalesce(max(c.ordinal) + 1, 0) as chunks from chunks c"
                + " join source_versions v on v.source_id = c.source_id and v.version = c.version"
                + " where c.page <= ? and "
                + PostgresIngestionRepository.AT_WORK,
            row -> row.integer("chunks"),
            page,
            ref.source().value(),
            ref.version(),
            scope.tenant().value(),
            scope.bot().value());
    return new Cut(chunks, chunks == 0 && page == 0 ? 0 : endOfPagesBefore(ref, page + 1));
  }

  void addPages(BotScope scope, VersionRef ref, List<PageText> pages) {
    if (pages.isEmpty()) {
      return;
    }
    sql.inTransaction(() -> {
      int[] starts = starts(endOfPagesBefore(ref, pages.getFirst().number()), pages);
      return insertPages(scope, ref, pages, starts);
    });
  }

  private int insertPages(BotScope scope, VersionRef ref, List<PageText> pages, int[] starts) {
    return sql.update(
        """
        insert into pages (source_id, version, number, tenant_id, label, text, blocks, start_offset)
        select v.source_id, v.version, given.number, v.tenant_id, given.label, given.text,
          given.blocks::jsonb, given.start_offset
        from unnest(?::integer[], ?::text[], ?::text[], ?::text[], ?::integer[])
          as given (number, label, text, blocks, start_offset)
        join source_versions v on
        """
            + PostgresIngestionRepository.AT_WORK
            + """
            on conflict (source_id, version, number) do update
            set label = excluded.label, text = excluded.text, blocks = excluded.blocks,
              start_offset = excluded.start_offset
            """,
        integers(pages, PageText::number),
        texts(pages, PageText::label),
        texts(pages, PageText::text),
        texts(pages, page -> blocks(page.blocks()).text()),
        starts,
        ref.source().value(),
        ref.version(),
        scope.tenant().value(),
        scope.bot().value());
  }

  /** One line feed stands between pages. */
  private int endOfPagesBefore(VersionRef ref, int page) {
    return sql.find(
            "select start_offset, text from pages where source_id = ? and version = ? and number < ?"
                + " order by number desc limit 1",
            row -> row.integer("start_offset") + row.text("text").length() + 1,
            ref.source().value(),
            ref.version(),
            page)
        .orElse(0);
  }

  private static int[] starts(int first, List<PageText> pages) {
    int[] starts = new int[pages.size()];
    int start = first;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = start;
      start += pages.get(i).text().length() + 1;
    }
    return starts;
  }

  List<PageText> pagesAfter(BotScope scope, VersionRef ref, int page, int limit) {
    return sql.list(
        "select p.number, p.label, p.text, p.blocks from pages p"
            + " join source_versions v on v.source_id = p.source_id and v.version = p.version"
            + " where p.number > ? and v.source_id = ? and v.version = ? and v.tenant_id = ?"
            + " and v.bot_id = ? order by p.number limit ?",
        IngestedText::page,
        page,
        ref.source().value(),
        ref.version(),
        scope.tenant().value(),
        scope.bot().value(),
        limit);
  }

  void addChunks(BotScope scope, List<Chunk> chunks) {
    if (chunks.isEmpty()) {
      return;
    }
    sql.update(
        """
        insert into chunks (id, tenant_id, bot_id, source_id, version, ordinal, page, start_offset,
          end_offset, context, content)
        select given.id, v.tenant_id, v.bot_id, v.source_id, v.version, given.ordinal, given.page,
          given.start_offset, given.end_offset, given.context, given.content
        from unnest(?::uuid[], ?::uuid[], ?::integer[], ?::integer[], ?::integer[], ?::integer[],
            ?::integer[], ?::text[], ?::text[])
          as given (id, source_id, version, ordinal, page, start_offset, end_offset, context, content)
        join source_versions v on v.source_id = given.source_id and v.version = given.version
        join sources s on s.id = v.source_id and s.tombstoned_at is null
        join bots b on b.id = s.bot_id and b.tombstoned_at is null
        where v.tenant_id = ? and v.bot_id = ? and v.status in ('pending', 'processing')
        on conflict (id) do update
        set page = excluded.page, start_offset = excluded.start_offset,
          end_offset = excluded.end_offset, context = excluded.context, content = excluded.content
        """,
        chunks.stream().map(c -> c.id().value()).toArray(UUID[]::new),
        chunks.stream().map(c -> c.ref().source().value()).toArray(UUID[]::new),
        integers(chunks, c -> c.ref().version()),
        integers(chunks, Chunk::ordinal),
        integers(chunks, Chunk::page),
        integers(chunks, c -> c.span().start()),
        integers(chunks, c -> c.span().end()),
        texts(chunks, Chunk::context),
        texts(chunks, Chunk::content),
        scope.tenant().value(),
        scope.bot().value());
  }

  /**
   * Removes all of a tombstoned source but its tombstone. The lock on the versions waits for
   * whoever is still adding to them.
   */
  boolean removeRows(BotScope scope, SourceId source) {
    int tombstoned =
        sql.update(
            """
            update sources s set tombstoned_at = coalesce(s.tombstoned_at, b.tombstoned_at)
            from bots b
            where b.id = s.bot_id and coalesce(s.tombstoned_at, b.tombstoned_at) is not null
              and s.id = ? and s.tenant_id = ? and s.bot_id = ?
            """,
            source.value(),
            scope.tenant().value(),
            scope.bot().value());
    if (tombstoned == 0) {
      return false;
    }
    sql.exists("select 1 from source_versions where source_id = ? for update", source.value());
    sql.update("delete from chunks where source_id = ?", source.value());
    sql.update("delete from pages where source_id = ?", source.value());
    sql.update("delete from source_versions where source_id = ?", source.value());
    return true;
  }

  private static Json blocks(List<Block> blocks) {
    return Json.of(
        blocks.stream()
            .map(b ->
                List.<Object>of(
                    b.kind().name().toLowerCase(Locale.ROOT), b.span().start(), b.span().end()))
            .toList());
  }

  static PageText page(Row row) throws SQLException {
    List<Block> blocks =
        Json.read(row.text("blocks"), BLOCKS).stream().map(IngestedText::block).toList();
    return new PageText(row.integer("number"), row.nullableText("label"), row.text("text"), blocks);
  }

  private static Block block(List<Object> values) {
    return new Block(
        Block.Kind.valueOf(((String) values.get(0)).toUpperCase(Locale.ROOT)),
        new TextSpan((Integer) values.get(1), (Integer) values.get(2)));
  }

  private static <T> int[] integers(List<T> from, ToIntFunction<T> value) {
    return from.stream().mapToInt(value).toArray();
  }

  private static <T> @Nullable String[] texts(
      List<T> from, Function<T, ? extends @Nullable String> value) {
    @Nullable String[] texts = new @Nullable String[from.size()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = value.apply(from.get(i));
    }
    return texts;
  }
}
