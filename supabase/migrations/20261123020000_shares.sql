-- Links to reports that candidates make for others. A link is 256 random bits, kept as its SHA-256 alone.

create table public.shares (
  id uuid primary key,
  user_id uuid not null,
  interview_id uuid not null,
  fingerprint text not null unique,
  has_answers boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (interview_id, user_id) references public.interviews (id, user_id) on delete cascade
);
create index shares_by_interview on public.shares (interview_id, user_id);

alter table public.shares enable row level security;
alter table public.shares force row level security;

create policy own_rows on public.shares to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy look_up on public.shares for select to app_lookup using (true);

revoke all on public.shares from public, anon, authenticated, service_role;
grant select, insert, delete on public.shares to authenticated;
grant select on public.shares to app_lookup;

grant create on schema app to app_lookup;

-- The link of a fingerprint, with whose report it shows: how a reader without an account sees one.
create function app.share_of(wanted text) returns setof public.shares
  language sql stable security definer set search_path = ''
  as 'select * from public.shares where fingerprint = wanted';
alter function app.share_of(text) owner to app_lookup;
revoke create on schema app from app_lookup;

set local role app_lookup;
revoke all on function app.share_of(text) from public;
grant execute on function app.share_of(text) to app_login;
reset role;
