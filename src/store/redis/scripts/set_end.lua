#!lua flags=allow-oom
if ARGV[2] == '' then return redis.call('ZREM', KEYS[1], ARGV[1]) end
local changed
if ARGV[2] == 'LT' then
  changed = redis.call('ZADD', KEYS[1], 'XX', 'LT', ARGV[3], ARGV[1])
else
  changed = redis.call('ZADD', KEYS[1], ARGV[2], ARGV[3], ARGV[1])
end
-- The set expires when the hashes that its last entry stands for have expired.
local over = string.format('%.0f', ARGV[3] + 7200000)
if redis.call('PEXPIREAT', KEYS[1], over, 'NX') == 0 then redis.call('PEXPIREAT', KEYS[1], over, 'GT') end
return changed
