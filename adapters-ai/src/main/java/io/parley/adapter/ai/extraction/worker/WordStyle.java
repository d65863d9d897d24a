package io.parley.adapter.ai.extraction.worker;

/**
 * What a paragraph style says about its paragraphs.
 *
 * @param heading level from 1, 0 for none
 * @param title whether it is the style of the document's title
 * @param list whether its paragraphs are items of a list
 */
record WordStyle(int heading, boolean title, boolean list) {

  static final WordStyle PLAIN = new WordStyle(0, false, false);
}
