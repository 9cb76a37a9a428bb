-- What the nodes find when they compare their online files with the index and the archive.

-- The nodes that own online files, as their processes tell it.
create table online_node (
  node text collate "C" not null primary key,  -- ROOT/.node
  seen timestamptz       not null
);

-- One comparison of one node. It is kept while it runs, too, so that whoever goes on after a crash
-- knows where it was.
create table reconcile_run (
  node          text collate "C" not null,
  run           uuid             not null,
  planned       timestamptz      not null default now(),
  started       timestamptz,
  ended         timestamptz,
  -- Where it is: all studies up to this one are done.
  phase         text             not null default 'COMPARE',  -- then 'VERIFY'
  tenant        text collate "C" not null default '',
  study_uid     text collate "C" not null default '',
  -- Where the reading of whole files has come to, from run to run.
  verify_tenant text collate "C" not null default '',
  verify_study  text collate "C" not null default '',
  files         bigint           not null default 0,     -- looked at
  bytes_read    bigint           not null default 0,     -- compared with their digest
  announced     bigint           not null default 0,     -- announced once more
  findings      jsonb            not null default '{}',  -- how many of each kind
  primary key (node, run)
);
-- Never two at a time on one node.
create unique index reconcile_run_open on reconcile_run (node) where ended is null;
create index reconcile_run_by_time on reconcile_run (node, planned desc);

-- The first findings of a run, one by one.
create table reconcile_finding (
  node         text collate "C" not null,
  run          uuid             not null,
  kind         text collate "C" not null,
  path         text collate "C" not null,  -- relative to ROOT
  tenant       text collate "C" not null,
  study_uid    text collate "C" not null,
  series_uid   text collate "C" not null,
  sop_uid      text collate "C" not null,  -- empty when not known
  reception_id uuid,
  detail       text             not null,
  found        timestamptz      not null default now(),
  primary key (node, run, kind, path),
  foreign key (node, run) references reconcile_run on delete cascade
);

comment on column location.state is
  'available; missing: not there when its node looked, tried all the same, for the object may come again;'
  ' damaged: not what was received, never read; evicted';
