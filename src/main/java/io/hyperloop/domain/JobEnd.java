package io.hyperloop.domain;

/** A job's result, as observed. Deleted only after the save that consumed it. */
public sealed interface JobEnd {

  JobKey key();

  record Worker(JobKey.TaskStep key, WorkerEnd end) implements JobEnd {}

  record Pm(JobKey.Planning key, PmEnd end) implements JobEnd {}

  record Merge(JobKey.TaskStep key, MergeEnd end) implements JobEnd {}

  record Published(JobKey.TaskStep key, PublishEnd end) implements JobEnd {}
}
