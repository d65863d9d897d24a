-- What housekeeping looks for: by age, so that it reads no more than it removes.

create index jobs_ended on jobs (ended_at) where state in ('failed', 'cancelled');
create index refresh_tokens_expiry on refresh_tokens (expires_at);
