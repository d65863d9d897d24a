-- How much waits for each owner, and how long a running step still takes.

alter table job_owners add column waiting integer not null default 0;
comment on column job_owners.waiting is 'Jobs of the owner that wait or run, counted as they come and go.';
update job_owners o set waiting =
  (select count(*) from jobs j where j.owner_id = o.owner_id and j.state in ('queued', 'running'));

alter table source_versions add column step_remaining integer;
comment on column source_versions.step_remaining is 'Seconds that the running step still takes at the rate of late; absent while nobody can tell.';
