-- When the version of a review last grew; null where it never did. A calendar tells it beside the sequence of an event.
alter table review add column changed_at timestamp(6) with time zone;

-- Of reviews that changed before, the newest entry of their history is known.
update review
   set changed_at = (select max(e.happened_at) from review_event e where e.review_id = review.id)
 where version > 1;

-- The calendars of a person end with their deactivation; those of who was deactivated before would have come back with them.
update calendar_feed
   set revoked_at = (select p.updated_at from person p where p.id = calendar_feed.person_id), version = version + 1
 where revoked_at is null and person_id in (select p.id from person p where p.active = false);
