package io.parley.adapter.ai.extraction.worker;

import io.parley.domain.port.ai.ExtractionResult.Cause;
import io.parley.domain.port.ai.ExtractionResult.Unreadable;

/**
 * Everything that can be wrong with a file, with the sentence for the person who uploaded it. Only
 * the name crosses the process border, so that a hijacked parser cannot choose the words.
 */
public enum Problem {
  BROKEN_PDF(
      Cause.BROKEN,
      "This PDF is damaged or incomplete and cannot be opened. Open it in a PDF reader, save it"
          + " again and upload the new file."),
  BROKEN_OFFICE(
      Cause.BROKEN,
      "This document is damaged or incomplete and cannot be opened. Open it in the program that"
          + " made it, save it again and upload the new file."),
  BROKEN_TABLE(
      Cause.BROKEN,
      "This table has a row that is far too long, or a quotation mark that is never closed. Correct"
          + " it, or save it again from a spreadsheet."),
  BROKEN_JSON(
      Cause.BROKEN,
      "This JSON ends too early or has a mistake in it. Check it, or send it as plain text."),
  FOREIGN_XML(
      Cause.BROKEN,
      "This document contains declarations that office programs never write, so it is not read."
          + " Open it in the program that made it, save it again and upload the new file."),
  BROKEN_FILE(
      Cause.BROKEN,
      "This file is damaged and cannot be read. Save it again and upload the new file."),
  CRASHED(
      Cause.BROKEN,
      "Reading this file made the reader stop. It is probably damaged: save it again with another"
          + " program and upload the new file."),
  ENCRYPTED_PDF(
      Cause.ENCRYPTED,
      "This PDF is protected with a password. Remove the password and upload it again."),
  ENCRYPTED_OFFICE(
      Cause.ENCRYPTED,
      "This document is protected with a password. Remove the password and upload it again."),
  ENCRYPTED_BOOK(
      Cause.ENCRYPTED,
      "This book is protected against copying (DRM). Upload a version without protection."),
  SCANNED_PDF(
      Cause.NO_TEXT,
      "This PDF has no text in it, only pictures. Scanned pages need text recognition (OCR) first:"
          + " run the file through it and upload the result."),
  NO_TEXT(Cause.NO_TEXT, "There is no text in this file. Upload one that has words to learn from."),
  TOO_DEEP(
      Cause.TOO_DEEP,
      "This file is nested too deeply to be read. Save a simpler version of it and upload that."),
  TOO_MUCH_TEXT(
      Cause.TOO_LARGE,
      "This file holds more text than can be read from one file. Split it into smaller files."),
  TOO_LARGE_UNPACKED(
      Cause.TOO_LARGE,
      "This file grows far too large when it is unpacked. Split it into smaller files, or remove"
          + " what is embedded in it."),
  TOO_MANY_PARTS(
      Cause.TOO_LARGE, "This file consists of far too many parts. Split it into smaller files."),
  TOO_MUCH_MEMORY(
      Cause.TOO_LARGE,
      "This file needs more memory than one file may take. Split it into smaller files, or remove"
          + " large pictures and tables."),
  TOO_SLOW(
      Cause.TOO_SLOW,
      "Reading this file took too long and was stopped. Split it into smaller files, or save a"
          + " simpler version of it.");

  private final Cause cause;
  private final String sentence;

  Problem(Cause cause, String sentence) {
    this.cause = cause;
    this.sentence = sentence;
  }

  public Unreadable result() {
    return new Unreadable(cause, sentence);
  }
}
