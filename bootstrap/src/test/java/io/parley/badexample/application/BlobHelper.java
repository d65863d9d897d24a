package io.parley.badexample.application;

interface BlobHelper {}
