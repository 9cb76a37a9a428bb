-- Where services of other hosts reach a node's files, as the processes that own them tell it again and again.
create table node_address (
  node text collate "C" not null,  -- ROOT/.node
  url  text collate "C" not null,
  seen timestamptz      not null,
  primary key (node, url)
);
