-- What is to be practised again. An item goes with the interview that it arose from.

create table public.practice_items (
  user_id uuid not null,
  question_id text not null,
  key_point_id text not null,
  interview_id uuid not null,
  item json not null,
  due_on date not null,
  is_mastered boolean not null,
  primary key (user_id, question_id, key_point_id),
  foreign key (interview_id, user_id) references public.interviews (id, user_id) on delete cascade
);
create index practice_items_by_day on public.practice_items (user_id, is_mastered, due_on);
create index practice_items_by_interview on public.practice_items (interview_id);

alter table public.practice_items enable row level security;
alter table public.practice_items force row level security;

create policy own_rows on public.practice_items to authenticated
  using (user_id = (select auth.uid())) with check (user_id = (select auth.uid()));

revoke all on public.practice_items from public, anon, authenticated, service_role;
grant select, insert, update, delete on public.practice_items to authenticated;
