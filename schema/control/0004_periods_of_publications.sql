-- Publications of ranges of days, and of periods longer than a day. Those of before are one day each.
alter table publications add column grain text not null default 'day';
alter table publications add column through integer not null default 0;
update publications set through = period;
