local record = redis.pcall('GET', KEYS[1])
if type(record) ~= 'string' or record == ARGV[1] and redis.call('EXISTS', KEYS[2]) == 0 then return {KEYS[1], -1} end
if record ~= ARGV[1] then return {KEYS[1], 0} end
local field = '@' .. ARGV[2]
local replaced = redis.call('HGET', KEYS[3], field)
local sum = tonumber(redis.call('HGET', KEYS[3], 'sum') or '0') + tonumber(ARGV[4])
sum = sum - redis.call('HSTRLEN', KEYS[3], ARGV[2])
if replaced then sum = sum - tonumber(string.match(replaced, '^%d+')) end
if sum > tonumber(ARGV[6]) then return {KEYS[1], -2} end
redis.call('HSET', KEYS[3], field, ARGV[3], 'sum', string.format('%.0f', sum), 'files', '1')
redis.call('HDEL', KEYS[3], ARGV[2])
redis.call('PEXPIREAT', KEYS[1], ARGV[5])
redis.call('PEXPIREAT', KEYS[2], ARGV[5])
redis.call('PEXPIREAT', KEYS[3], string.format('%.0f', ARGV[5] + 7200000))
if replaced then return {KEYS[1], 1, replaced} end
return {KEYS[1], 1}
