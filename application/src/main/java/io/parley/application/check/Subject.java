package io.parley.application.check;

/**
 * A backend that is checked.
 *
 * @param name as people call it, with what tells it from others of its kind
 * @param remedy where to look when something is wrong with it: its settings and its page
 */
public record Subject(String name, String remedy) {}
