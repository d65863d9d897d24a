package io.parley.testkit.fault;

/**
 * One call of a port.
 *
 * @param number counts all calls from 1, in the order in which they began
 * @param method port and method, such as {@code JobQueue.claim}
 * @param nth counts the calls of this method from 1
 */
public record PortCall(long number, String method, long nth) {}
