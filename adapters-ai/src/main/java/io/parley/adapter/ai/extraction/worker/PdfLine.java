package io.parley.adapter.ai.extraction.worker;

/**
 * A printed line. Lengths are points in reading direction, y grows downwards.
 *
 * @param left where it begins; measured from the right, and negative, for right-to-left text
 * @param right where it ends
 * @param baseline its y
 * @param size the font size of most of it
 * @param bold whether all of it is bold
 * @param row whether it has cells, set apart by wide gaps
 */
record PdfLine(
    String text, float left, float right, float baseline, float size, boolean bold, boolean row) {

  float width() {
    return right - left;
  }
}
