#!lua flags=allow-oom
local record = redis.call('GET', KEYS[1])
if not record then return {KEYS[1], -1} end
if record ~= ARGV[1] then return {KEYS[1], 0} end
local part = false
if ARGV[4] == 'open' then
  part = redis.call('GETEX', KEYS[2], 'PXAT', ARGV[5])
  if not part then return {KEYS[1], -1} end
elseif ARGV[4] ~= 'drop' then
  if redis.call('EXISTS', KEYS[2]) == 0 then return {KEYS[1], -1} end
  if ARGV[4] == 'settle' and tonumber(redis.call('HGET', KEYS[3], 'sum') or '0') ~= tonumber(ARGV[6]) then
    return {KEYS[1], 0}
  end
end
redis.call('SET', KEYS[1], ARGV[2], 'PXAT', ARGV[3])
local more = KEYS[3] and redis.call('HEXISTS', KEYS[3], 'files') * 7200000 or 0
if ARGV[4] == 'drop' then
  redis.call('UNLINK', KEYS[2])
  if more > 0 then redis.call('PEXPIRE', KEYS[3], more) else redis.call('UNLINK', KEYS[3]) end
else
  if not part then redis.call('PEXPIREAT', KEYS[2], ARGV[5]) end
  if KEYS[3] then redis.call('PEXPIREAT', KEYS[3], string.format('%.0f', ARGV[5] + more)) end
end
if part then return {KEYS[1], 1, part} end
return {KEYS[1], 1}
