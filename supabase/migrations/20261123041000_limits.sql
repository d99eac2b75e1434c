-- What limits count, by fingerprint, and when candidates were last there.
--
-- Limits hold before anyone is known (sign-in codes) and for an address that many share, so the rows are
-- nobody's: two functions that take fingerprints are the only way to them.

create table public.limits (
  key text primary key,
  full_at timestamptz not null
);
create index limits_by_time on public.limits (full_at);

alter table public.limits enable row level security;
alter table public.limits force row level security;

create policy count_use on public.limits to app_lookup using (true) with check (true);

revoke all on public.limits from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.limits to app_lookup;

grant create on schema app to app_lookup;

-- Locks these rows until the transaction is over and tells them; makes those that are missing, and forgets
-- others that say nothing any more (not those that somebody else holds just now).
create function app.hold_limits(wanted text[], moment timestamptz) returns setof public.limits
  language sql volatile security definer set search_path = ''
  as $$
    delete from public.limits where key in (
      select l.key from public.limits l where l.full_at < moment and l.key <> all (wanted)
      for update skip locked
    );
    insert into public.limits (key, full_at)
      select k, moment from unnest(wanted) k order by k on conflict do nothing;
    select * from public.limits where key = any (wanted) order by key for update;
  $$;
alter function app.hold_limits(text[], timestamptz) owner to app_lookup;

create function app.keep_limits(wanted text[], moments timestamptz[]) returns void
  language sql volatile security definer set search_path = ''
  as $$
    insert into public.limits (key, full_at)
      select k, m from unnest(wanted, moments) as t (k, m) order by k
      on conflict (key) do update set full_at = excluded.full_at;
  $$;
alter function app.keep_limits(text[], timestamptz[]) owner to app_lookup;
revoke create on schema app from app_lookup;

set local role app_lookup;
revoke all on function app.hold_limits(text[], timestamptz) from public;
revoke all on function app.keep_limits(text[], timestamptz[]) from public;
grant execute on function app.hold_limits(text[], timestamptz) to app_login;
grant execute on function app.keep_limits(text[], timestamptz[]) to app_login;
reset role;

-- Guests who come no more are deleted from the command line. Whoever can sign in is no guest.
alter table public.users add column last_used_on date;
grant update (last_used_on) on public.users to authenticated;

create policy find_unused on public.users for select to app_maintenance using (true);
create policy tell_guests on public.identities for select to app_maintenance using (true);
create policy delete_unused on public.users for delete to app_maintenance
  using (not exists (select from public.identities i where i.user_id = id));
grant select, delete on public.users to app_maintenance;
grant select (user_id) on public.identities to app_maintenance;
