-- What is to be done to the online files of a node, by the processes that own them (common/nodes).
create table node_task (
  node        text collate "C" not null,  -- id of the node (ROOT/.node), not a host name
  id          uuid              not null,
  kind        text collate "C" not null,
  task_key    text collate "C" not null,  -- given by who plans it: the same task isn't planned twice
  arguments   jsonb             not null,
  not_before  timestamptz       not null,  -- grows with every failure
  attempts    integer           not null default 0,
  claimed_by  uuid,                       -- the process that works on it, until its lease ends
  lease_until timestamptz,
  done_at     timestamptz,
  result      jsonb,                      -- of a task that is done
  failure     text,                       -- of the last attempt that failed
  created     timestamptz       not null default now(),
  primary key (node, id),
  unique (node, kind, task_key)
);
create index node_task_pending on node_task (node, not_before) where done_at is null;
create index node_task_done on node_task (done_at) where done_at is not null;
