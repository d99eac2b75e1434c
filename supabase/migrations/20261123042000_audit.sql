-- What happened to accounts. A candidate adds events of their own and reads none; maintenance reads them.
-- Nobody may change or delete one, and none goes with the account: there is no foreign key.

create table public.audit_events (
  id uuid primary key,
  at timestamptz not null,
  kind text not null,
  actor_id uuid not null,
  address text not null
);
create index audit_events_by_time on public.audit_events (at);

alter table public.audit_events enable row level security;
alter table public.audit_events force row level security;

create policy add_own on public.audit_events for insert to authenticated
  with check (actor_id = (select auth.uid()));
create policy read_all on public.audit_events for select to app_maintenance using (true);
create policy add_expired on public.audit_events for insert to app_maintenance with check (true);

revoke all on public.audit_events from public, anon, authenticated, service_role;
grant insert on public.audit_events to authenticated;
grant select, insert on public.audit_events to app_maintenance;
