package io.parley.badexample.application;

interface TextUtil {}
