-- While somebody holds the tasks of all nodes, none is begun (common/nodes): a rebuild of the index does. Its row ends by itself, as leases do.
create table node_task_hold (
  one        boolean     not null primary key default true check (one),
  holder     uuid        not null,
  held_until timestamptz not null
);
