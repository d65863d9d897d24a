package io.parley.badexample.application;

interface RowsCommon {}
