-- Grain: one record per statement line that carries the running balance.
-- Input: bank statement lines. Output: records balance, what the account holds after the line.
-- Why: opening + activity = closing shows a line that is missing. Which line is the last of its day
-- is for the check to say: a line cannot know the others.
select
    position,
    1 as line_no,
    'balance' as record_type,
    payload.account as name,
    payload.balance as amount,
    payload.currency
from input
where payload.balance is not null
