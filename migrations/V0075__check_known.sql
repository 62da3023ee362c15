-- What each check said of itself when its file was last sound: a file that is broken later may not tell any more whom it concerns.
-- Lists are separated by line breaks.
create table check_known (
    check_id    varchar(64) primary key,
    title       varchar(200) not null,
    protections varchar(1000) not null,
    severity    varchar(8) not null,
    kinds       varchar(10000) not null,
    product     varchar(40),
    controls    varchar(100000) not null
);
