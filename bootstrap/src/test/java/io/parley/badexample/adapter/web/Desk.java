package io.parley.badexample.adapter.web;

/** Something of another family. */
public interface Desk {}
