package io.parley.badexample.application;

interface JobManager {}
