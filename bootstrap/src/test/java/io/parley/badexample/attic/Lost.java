package io.parley.badexample.attic;

final class Lost {}
