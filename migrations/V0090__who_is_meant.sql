-- What a message quotes from nobody knows where stands beside it, apart from the words of who wrote it.
alter table inbound_mail add column quoted_text varchar(8000);

-- Whom an event of a review is about beside whoever did it: who was asked to take it over, or got it. Two people may bear one name.
alter table review_event add column about_ref varchar(40);
