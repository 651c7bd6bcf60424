-- Money at risk may be a sum beyond 64 bits, which no integer column holds. at_risk becomes its
-- millionths as digits; at_risk_order has the minor units of its magnitude as 39 digits, in whose
-- order amounts are.
alter table exceptions rename column at_risk to at_risk_integer;
alter table exceptions add column at_risk text;
alter table exceptions add column at_risk_order text;
update exceptions
set at_risk = cast(at_risk_integer as text), at_risk_order = printf('%039d', abs(at_risk_minor))
where at_risk_integer is not null;
alter table exceptions drop column at_risk_integer;
alter table exceptions drop column at_risk_minor;
