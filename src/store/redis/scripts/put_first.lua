local record = redis.call('GET', KEYS[1])
if not record then return {KEYS[1], -1} end
if record ~= ARGV[1] then return {KEYS[1], 0} end
if redis.call('EXISTS', KEYS[2]) == 0 then return {KEYS[1], -1} end
redis.call('SET', KEYS[2], ARGV[2])
redis.call('PEXPIREAT', KEYS[1], ARGV[3])
redis.call('PEXPIREAT', KEYS[2], ARGV[3])
local more = redis.call('HEXISTS', KEYS[3], 'files') * 7200000
redis.call('PEXPIREAT', KEYS[3], string.format('%.0f', ARGV[3] + more))
return {KEYS[1], 1}
