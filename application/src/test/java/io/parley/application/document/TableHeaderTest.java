package io.parley.application.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.application.LineSplitter;
import io.parley.domain.document.Chunk;
import io.parley.domain.document.PageText;
import io.parley.domain.document.PageText.Block;
import io.parley.domain.document.PageText.Block.Kind;
import io.parley.domain.document.SourceId;
import io.parley.domain.document.TextSpan;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.persistence.IngestionRepository.Cut;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TableHeaderTest {

  private static final VersionRef REF = new VersionRef(new SourceId(new UUID(0, 1)), 1);

  @Test
  void later_pieces_of_a_table_carry_the_names_of_its_columns() {
    String text = "Prices of today\n\nBoat | Price\nMarigold | 12\nUrchin | 9\n\nThe end";
    int start = text.indexOf("Boat");
    TextSpan table = new TextSpan(start, text.indexOf("\n\nThe end"));
    PageText page = new PageText(1, "Boats", text, List.of(new Block(Kind.TABLE, table)));

    List<Chunk> chunks = cutter().cut(page);

    assertThat(chunks)
        .extracting(Chunk::context)
        .containsExactly(
            "Fleet › Boats",
            "Fleet › Boats",
            "Fleet › Boats\nBoat | Price",
            "Fleet › Boats\nBoat | Price",
            "Fleet › Boats");
    assertThat(chunks)
        .allSatisfy(chunk -> assertThat(chunk.span().of(text)).isEqualTo(chunk.content()));
  }

  @Test
  void a_header_without_end_is_cut() {
    String text = "x".repeat(5_000) + "\n1 | 2";
    Block table = new Block(Kind.TABLE, new TextSpan(0, text.length()));

    List<Chunk> chunks = cutter().cut(new PageText(1, null, text, List.of(table)));

    assertThat(chunks.getLast().context()).hasSize("Fleet\n".length() + 300);
  }

  private static ChunkCutter cutter() {
    return new ChunkCutter(
        new LineSplitter(), ChunkingOptions.DEFAULT, REF, "Fleet", new Cut(0, 0));
  }
}
