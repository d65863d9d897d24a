package io.parley.adapter.vectorstore.terms;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** How words become terms: stems by the language, and beside them their exact forms. */
public final class WordAnalysis {

  /** Changes with everything below, and with the library's analysers. */
  public static final String VERSION = "10.6-1";

  /** A term and the span of the text that it stands for, in UTF-16 units. */
  public record WordAt(int start, int end, BytesRef term) {}

  /** For texts of which nobody knows the language. */
  private static final String UNKNOWN = "en";

  private static final Map<String, Analyzer> STEMMING =
      Map.of(
          "en", new EnglishAnalyzer(),
          "de", new GermanAnalyzer(),
          "fr", new FrenchAnalyzer(),
          "es", new SpanishAnalyzer(),
          "ar", new ArabicAnalyzer(),
          "hi", new HindiAnalyzer(),
          "cjk", new CJKAnalyzer());

  private static final Analyzer EXACT = new StandardAnalyzer(CharArraySet.EMPTY_SET);
  private static final Analyzer IDENTIFIERS = new IdentifierAnalyzer();

  private WordAnalysis() {}

  /** Names of the analysers that make stems. */
  public static List<String> stemming() {
    return STEMMING.keySet().stream().sorted().toList();
  }

  /** Which of them fits a language; empty for one of which only exact forms are kept. */
  public static Optional<String> stemmingOf(@Nullable String language) {
    String code = language == null ? UNKNOWN : language.toLowerCase(Locale.ROOT);
    String name =
        switch (code) {
          case "zh", "ja", "ko" -> "cjk";
          default -> code;
        };
    return STEMMING.containsKey(name) ? Optional.of(name) : Optional.empty();
  }

  /** The stems that an analyser of {@link #stemming} makes. */
  public static TokenStream stems(String name, String text) {
    Analyzer analyzer = STEMMING.get(name);
    if (analyzer == null) {
      throw new IllegalArgumentException("No analyser of this name: " + name);
    }
    return analyzer.tokenStream("", parted(text));
  }

  /** Words as they stand there, in lower case. */
  public static TokenStream exact(String text) {
    return EXACT.tokenStream("", parted(text));
  }

  /** Only what has a sign inside, whole. */
  public static TokenStream identifiers(String text) {
    return IDENTIFIERS.tokenStream("", text);
  }

  /**
   * Words that a sign joins are found one by one; {@link #identifiers} keeps them whole. As long as
   * the text, so that spans agree.
   */
  private static String parted(String text) {
    return text.replace('.', ' ').replace(':', ' ').replace('_', ' ');
  }

  /** Reads a stream to its end, or to as many words. */
  public static List<WordAt> words(TokenStream stream, int most) throws IOException {
    List<WordAt> words = new ArrayList<>();
    try (stream) {
      var term = stream.getAttribute(TermToBytesRefAttribute.class);
      var span = stream.getAttribute(OffsetAttribute.class);
      stream.reset();
      while (words.size() < most && stream.incrementToken()) {
        BytesRef bytes = BytesRef.deepCopyOf(term.getBytesRef());
        words.add(new WordAt(span.startOffset(), span.endOffset(), bytes));
      }
      stream.end();
    }
    return words;
  }
}
