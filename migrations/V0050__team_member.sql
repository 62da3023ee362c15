-- Who reads a shared address together. The team is a person like any other: it owns, gets one mail, and its members count as it when a
-- second person is asked.
create table team_member (
  team_id uuid not null references person (id),
  member_id uuid not null references person (id),
  primary key (team_id, member_id)
);
create index team_member_member on team_member (member_id);
