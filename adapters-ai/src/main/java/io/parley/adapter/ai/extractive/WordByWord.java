package io.parley.adapter.ai.extractive;

import io.parley.adapter.ai.extractive.ReadText.Word;
import io.parley.domain.port.ai.Embedder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Reads by an embedder that gives one vector a text: each word means the same everywhere, and is
 * embedded like a text. Many more vectors than by an embedder that gives those of the words as
 * well, in one call.
 */
final class WordByWord implements TextReader {
  private final Embedder embedder;

  WordByWord(Embedder embedder) {
    this.embedder = embedder;
  }

  @Override
  public List<ReadText> read(List<String> texts) {
    Set<String> distinct = new LinkedHashSet<>();
    texts.forEach(text -> distinct.addAll(Words.of(text)));
    List<String> words = List.copyOf(distinct);
    List<String> all = new ArrayList<>(texts);
    all.addAll(words);
    List<float[]> vectors = embedder.embedPassages(all);
    Map<String, Word> meant = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      meant.put(words.get(i), new Word(words.get(i), vectors.get(texts.size() + i)));
    }
    List<ReadText> read = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      List<Word> inPlace =
          Words.of(texts.get(i)).stream().map(meant::get).filter(Objects::nonNull).toList();
      read.add(new ReadText(vectors.get(i), inPlace));
    }
    return read;
  }
}
