-- Where something answered at least once: a refusal elsewhere proves nothing.
create table target_answer (
    asset_id uuid not null references asset (id),
    host     varchar(255) not null,
    port     integer not null,
    first_at timestamp(6) with time zone not null,
    primary key (asset_id, host, port)
);
-- What the probe log knows of the addresses that assets have now.
insert into target_answer (asset_id, host, port, first_at)
select a.id, a.address, l.remote_port, min(l.started_at)
  from probe_log l join asset a on a.id = l.asset_id and a.address = l.remote_address
 where l.outcome in ('response', 'connected', 'reset', 'silent', 'closed', 'tls-alert')
 group by a.id, a.address, l.remote_port;
-- It knows no names, and spells IPv6 its own way: such an asset takes whatever answered one of its checks, but for resolvers and canaries.
insert into target_answer (asset_id, host, port, first_at)
select a.id, a.address, l.remote_port, min(l.started_at)
  from probe_log l join asset a on a.id = l.asset_id and a.address <> l.remote_address
 where l.outcome in ('response', 'connected', 'reset', 'silent', 'closed', 'tls-alert')
   and l.remote_port <> 53 and l.what <> 'canary'
   and (a.address like '%:%' or lower(a.address) <> upper(a.address))
   and not exists (select 1 from target_answer t where t.asset_id = a.id and t.host = a.address and t.port = l.remote_port)
 group by a.id, a.address, l.remote_port;
-- Where nothing should answer, a refusal is what is wanted.
alter table asset add column expected_closed boolean default false not null;
