package dev.mneme.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.cjk.CJKWidthFilter;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.KStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * Words as they are indexed and searched: Unicode word boundaries, lower case, light English
 * stemming, pairs of characters for Chinese, Japanese and Korean; identifiers both whole and in
 * parts ({@code fetchUser_byId} is found by {@code fetch user}). Thread-safe.
 */
final class PassageAnalyzer extends Analyzer {
  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    Tokenizer source = new StandardTokenizer();
    TokenStream words = new CJKWidthFilter(source);
    words = new EnglishPossessiveFilter(words);
    words = new IdentifierParts(words);
    words = new LowerCaseFilter(words);
    words = new CJKBigramFilter(words);
    words = new KStemFilter(words);
    return new TokenStreamComponents(source, words);
  }

  /** The distinct words of a text in their order. */
  Set<String> words(String text, int limit) {
    Set<String> words = new LinkedHashSet<>();
    try (TokenStream stream = tokenStream(Fields.TEXT, text)) {
      CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (words.size() < limit && stream.incrementToken()) {
        words.add(word.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return words;
  }
}
