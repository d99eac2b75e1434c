-- What the REST API keeps: personal access tokens, and replies to requests with an idempotency key.

create table public.api_tokens (
  id uuid primary key,
  user_id uuid not null references public.users (id) on delete cascade,
  name text not null,
  scopes json not null,
  fingerprint text not null unique,
  last4 text not null check (length(last4) <= 4),
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index api_tokens_by_user on public.api_tokens (user_id);

create table public.api_replies (
  user_id uuid not null references public.users (id) on delete cascade,
  key text not null,
  request text not null,
  status integer not null,
  body text not null,
  headers json not null,
  kept_at timestamptz not null,
  primary key (user_id, key)
);
create index api_replies_by_time on public.api_replies (kept_at);

alter table public.api_tokens enable row level security;
alter table public.api_tokens force row level security;
alter table public.api_replies enable row level security;
alter table public.api_replies force row level security;

create policy own_rows on public.api_tokens to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy own_rows on public.api_replies to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy look_up on public.api_tokens for select to app_lookup using (true);

revoke all on public.api_tokens, public.api_replies from public, anon, authenticated, service_role;
grant select, insert, delete on public.api_tokens to authenticated;
grant select, insert, delete on public.api_replies to authenticated;
grant select on public.api_tokens to app_lookup;

grant create on schema app to app_lookup;

-- The token of a fingerprint, with its owner: how a caller becomes known.
create function app.token_of(wanted text) returns setof public.api_tokens
  language sql stable security definer set search_path = ''
  as 'select * from public.api_tokens where fingerprint = wanted';
alter function app.token_of(text) owner to app_lookup;
revoke create on schema app from app_lookup;

set local role app_lookup;
revoke all on function app.token_of(text) from public;
grant execute on function app.token_of(text) to app_login;
reset role;
