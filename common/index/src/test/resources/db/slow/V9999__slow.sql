-- Takes longer than an answer of the database may.
select pg_sleep(2);
