package io.parley.badexample.testkit;

final class ClosedContract {}
