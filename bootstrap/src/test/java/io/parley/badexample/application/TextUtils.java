package io.parley.badexample.application;

interface TextUtils {}
