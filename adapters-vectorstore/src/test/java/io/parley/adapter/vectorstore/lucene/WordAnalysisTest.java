package io.parley.adapter.vectorstore.lucene;

import static io.parley.testkit.vectorstore.SampleChunks.attributes;
import static io.parley.testkit.vectorstore.SampleChunks.position;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.adapter.vectorstore.terms.WordAnalysis;
import io.parley.domain.access.BotScope;
import io.parley.domain.document.ChunkId;
import io.parley.domain.document.VersionRef;
import io.parley.domain.port.vectorstore.IndexChange;
import io.parley.domain.retrieval.Filter;
import io.parley.domain.retrieval.IndexedWords;
import io.parley.domain.retrieval.ScoredChunk;
import io.parley.testkit.Scopes;
import io.parley.testkit.vectorstore.SampleChunks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordAnalysisTest {

  private final BotScope scope = Scopes.fresh();
  private final VersionRef ref = SampleChunks.newVersion();
  @TempDir Path directory;

  private List<ChunkId> find(String language, String query, String... texts) {
    try (LuceneKeywordIndex index =
        LuceneKeywordIndex.open(new LuceneKeywordIndexConfig(directory))) {
      for (int i = 0; i < texts.length; i++) {
        ChunkId id = ChunkId.of(ref, i);
        var chunk = new IndexedWords(id, attributes(scope, ref), texts[i], language);
        index.apply(List.of(new IndexChange.Add<>(List.of(chunk))), position(i + 1));
      }
      return index.search(scope, query, 10, Filter.NONE).stream().map(ScoredChunk::id).toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "en,sailing boats,the boat sails",
    "de,Haus,viele Häuser",
    "fr,cheval,les chevaux",
    "es,canción,las canciones",
    "zh,图书馆,我在图书馆看书",
    "ja,図書館,東京の図書館で"
  })
  void otherFormsOfAWordAreFound(String language, String query, String text) {
    assertThat(find(language, query, text)).containsExactly(ChunkId.of(ref, 0));
  }

  @Test
  void theWordsThatMakeItAQuestionFindNothingBesideOthers() {
    assertThat(find("en", "How do I moor?", "how I do what I do", "moor at the quay"))
        .containsExactly(ChunkId.of(ref, 1));
  }

  @Test
  void theyAreLookedUpWhenThereIsNothingElseOrTheyAreAName() {
    assertThat(find("en", "Where from?", "from here to there, where it ends")).hasSize(1);
    assertThat(find("en", "WHO guidelines", "the WHO met")).contains(ChunkId.of(ref, 0));
  }

  @Test
  void theExactFormStandsBeforeOneWithTheSameStem() {
    assertThat(find("en", "generally", "a general note", "a generally note"))
        .first()
        .isEqualTo(ChunkId.of(ref, 1));
  }

  @Test
  void stopWordsCountOnlyAlone() {
    assertThat(find("en", "is the baker here", "This is the king", "A baker"))
        .containsExactly(ChunkId.of(ref, 1));
    assertThat(find("en", "the", "The king", "A baker")).containsExactly(ChunkId.of(ref, 0));
  }

  @Test
  void identifiersAreKeptWhole() throws IOException {
    assertThat(WordAnalysis.words(WordAnalysis.identifiers("(W3-1), KX-4471-B. a.b@c -- x"), 10))
        .extracting(WordAnalysis.WordAt::term)
        .extracting(BytesRef::utf8ToString)
        .containsExactly("w3-1", "kx-4471-b", "a.b@c");
  }
}
