-- The reminders look for refusals of second persons among all that happened to reviews.
create index review_event_type on review_event (event_type, review_id);
