-- A mail that Ronde sends to itself: what left, what the mail server said, and the header of what came back. What it shows is worked out anew.
create table mail_trial (
    id          uuid primary key,
    tag         varchar(40) not null,
    bounce_tag  varchar(40) not null,
    message_id  varchar(255) not null,
    sent_to     varchar(320) not null,
    server      varchar(300) not null,
    verdict     varchar(16) not null,
    phase       varchar(16) not null,
    smtp_code   integer not null,
    answer      varchar(1000) not null,
    sent_at     timestamp(6) with time zone not null,
    outcome     varchar(16),
    returned_at timestamp(6) with time zone,
    mail_id     uuid,
    header_text varchar(40000)
);
create index mail_trial_sent on mail_trial (sent_at);
