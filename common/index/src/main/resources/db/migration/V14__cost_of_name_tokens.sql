-- What it takes to make the tokens of a name, in units of a simple operator: about a millisecond. So PostgreSQL looks them up in the
-- indexes instead of making them for every patient; on half a million patients that is milliseconds instead of minutes.
alter function name_tokens(text) cost 10000;
