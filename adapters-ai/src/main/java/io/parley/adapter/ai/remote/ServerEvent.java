package io.parley.adapter.ai.remote;

/**
 * A server-sent event.
 *
 * @param name empty where it has none
 */
public record ServerEvent(String name, String data) {}
