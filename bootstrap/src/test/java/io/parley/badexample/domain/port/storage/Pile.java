package io.parley.badexample.domain.port.storage;

final class Pile {}
