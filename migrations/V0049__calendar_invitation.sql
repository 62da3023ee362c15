-- What a person's calendar was told of a review by an invitation: on it with this due date, or taken off it again.
create table calendar_invitation (
    review_id uuid not null references review (id),
    person_id uuid not null references person (id),
    due_on date not null,
    taken_off boolean not null,
    told_at timestamp with time zone not null,
    primary key (review_id, person_id)
);
