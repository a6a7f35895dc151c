local record = redis.call('GET', KEYS[1])
if not record then return {KEYS[1], -1} end
if record ~= ARGV[1] then return {KEYS[1], 0} end
if redis.call('EXISTS', KEYS[2]) == 0 then return {KEYS[1], -1} end
redis.call('SET', KEYS[2], ARGV[2])
for _, key in ipairs(KEYS) do redis.call('PEXPIREAT', key, ARGV[3]) end
return {KEYS[1], 1}
