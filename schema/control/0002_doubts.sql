-- What an exception makes doubtful becomes a list: a break touches both of its books, and the days
-- of one cause need not stand side by side. JSON: [["commerce", "2026-03-01", "2026-03-02"], ...].
alter table exceptions add column doubts text not null default '[]';
update exceptions
set doubts = json_array(json_array(book, date(from_on * 86400, 'unixepoch'),
                                   date(to_on * 86400, 'unixepoch')))
where book <> '' and from_on is not null and to_on is not null;
alter table exceptions drop column book;
