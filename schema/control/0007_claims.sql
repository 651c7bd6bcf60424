-- What an exception's money at risk is made of, so that a client's total counts each entry once.
-- JSON: ["orders_to_payments", [["entry", "commerce", "2026-03-01", "12 gross_sale 1", "120.00"], ...]].
alter table exceptions add column claims text not null default '["", []]';
