package io.parley.badexample.application.shared;

interface Drawer {}
