package io.parley.application.conversation;

/** A question and its answer, as they were kept. */
public record Exchange(ShownMessage question, ShownMessage answer) {}
