package io.parley.adapter.vectorstore.terms;

import java.io.IOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.util.CharTokenizer;

/** Only what has a joiner inside, whole: {@code W3-1}, {@code 2026/17}, {@code a.b@c.d}. */
final class IdentifierAnalyzer extends Analyzer {

  private static final String JOINERS = "-/._:#@+&\u2010\u2011\u2013";

  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    Tokenizer runs = CharTokenizer.fromTokenCharPredicate(IdentifierAnalyzer::belongs);
    return new TokenStreamComponents(runs, new LowerCaseFilter(new Joined(runs)));
  }

  private static boolean belongs(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        || Character.getType(codePoint) == Character.NON_SPACING_MARK
        || isJoiner(codePoint);
  }

  private static boolean isJoiner(int codePoint) {
    return JOINERS.indexOf(codePoint) >= 0;
  }

  /** Takes joiners off both ends, and drops what has none left. */
  private static final class Joined extends FilteringTokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final OffsetAttribute span = addAttribute(OffsetAttribute.class);

    Joined(TokenStream runs) {
      super(runs);
    }

    @Override
    protected boolean accept() throws IOException {
      int from = 0;
      int to = term.length();
      while (from < to && isJoiner(term.charAt(from))) {
        from++;
      }
      while (to > from && isJoiner(term.charAt(to - 1))) {
        to--;
      }
      span.setOffset(span.startOffset() + from, span.startOffset() + to);
      term.copyBuffer(term.buffer(), from, to - from);
      return term.chars().anyMatch(IdentifierAnalyzer::isJoiner);
    }
  }
}
