package io.parley.badexample.application;

interface BlobHelpers {}
