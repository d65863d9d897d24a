package io.parley.badexample.domain;

interface LeaseContract {}
