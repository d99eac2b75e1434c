-- Who a candidate is elsewhere, and the browsers that are signed in.
--
-- An identity is known by its issuer and its subject there. A session is known by a fingerprint: first that of
-- a ticket, which only the browser with the fingerprint in bound_to can turn into a session, then that of a cookie.

create table public.identities (
  issuer text not null,
  subject text not null,
  user_id uuid not null references public.users (id) on delete cascade,
  email text not null,
  created_at timestamptz not null,
  signed_out_at timestamptz,
  primary key (issuer, subject)
);
create index identities_by_user on public.identities (user_id);

create table public.sessions (
  id uuid primary key,
  user_id uuid not null references public.users (id) on delete cascade,
  fingerprint text not null unique,
  bound_to text not null,
  issuer text not null,
  subject text not null,
  email text not null,
  proven_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null
);
create index sessions_by_user on public.sessions (user_id);

alter table public.identities enable row level security;
alter table public.identities force row level security;
alter table public.sessions enable row level security;
alter table public.sessions force row level security;

create policy own_rows on public.identities to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy own_rows on public.sessions to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));
create policy look_up on public.identities for select to app_lookup using (true);
create policy look_up on public.sessions for select to app_lookup using (true);

revoke all on public.identities, public.sessions from public, anon, authenticated, service_role;
grant select, insert, update (email, signed_out_at) on public.identities to authenticated;
grant select, insert, update (fingerprint, bound_to, seen_at, ends_at), delete on public.sessions to authenticated;
grant select on public.identities, public.sessions to app_lookup;

grant create on schema app to app_lookup;

-- The session of a fingerprint, with its owner: how a browser becomes known.
create function app.session_of(wanted text) returns setof public.sessions
  language sql stable security definer set search_path = ''
  as 'select * from public.sessions where fingerprint = wanted';
alter function app.session_of(text) owner to app_lookup;

-- The identity of that subject at that issuer, with its owner: how someone who was vouched for becomes known.
create function app.identity_of(wanted_issuer text, wanted_subject text) returns setof public.identities
  language sql stable security definer set search_path = ''
  as 'select * from public.identities where issuer = wanted_issuer and subject = wanted_subject';
alter function app.identity_of(text, text) owner to app_lookup;
revoke create on schema app from app_lookup;

set local role app_lookup;
revoke all on function app.session_of(text) from public;
revoke all on function app.identity_of(text, text) from public;
grant execute on function app.session_of(text) to app_login;
grant execute on function app.identity_of(text, text) to app_login;
reset role;
