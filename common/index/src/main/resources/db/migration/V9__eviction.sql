-- Online files that may go because an archive has the object, and may come back.

-- Room on the volume of a node's ROOT, as its processes tell it.
alter table online_node
  add column free_bytes  bigint,
  add column total_bytes bigint,
  add column space_at    timestamptz;

-- The studies that have, or had, files on a node, and when they were used last: read, or received.
create table online_study (
  tenant          text collate "C" not null,
  study_uid       text collate "C" not null,
  node            text collate "C" not null,
  used            timestamptz       not null,
  -- Its place in the order of eviction: the same as used; later when it was planned and not all of it went.
  queued          timestamptz       not null,
  online          boolean           not null default true,  -- false: all its files were evicted
  evicted_objects integer           not null default 0,
  evicted_bytes   bigint            not null default 0,
  wanted          timestamptz,                               -- to be brought back from then on
  primary key (tenant, study_uid, node)
);
create index online_study_by_queue on online_study (node, queued) where online;
create index online_study_wanted on online_study (node, wanted) where wanted is not null;

insert into online_study (tenant, study_uid, node, used, queued)
select o.tenant, o.study_uid, l.node, max(o.received), max(o.received)
  from (select tenant, study_uid, reception_id, received from instance
        union all
        select tenant, study_uid, reception_id, received from superseded_instance) o
  join location l on l.tenant = o.tenant and l.reception_id = o.reception_id and l.store = 'online'
 group by o.tenant, o.study_uid, l.node;

-- Studies whose files stay online.
create table study_pin (
  tenant    text collate "C" not null,
  study_uid text collate "C" not null,
  reason    text              not null,
  pinned    timestamptz       not null default now(),
  primary key (tenant, study_uid)
);
create index study_pin_by_time on study_pin (tenant, pinned desc, study_uid);
