local record = redis.call('GET', KEYS[1])
if not record then return {KEYS[1], -1} end
if record ~= ARGV[1] then return {KEYS[1], 0} end
if redis.call('EXISTS', KEYS[2]) == 0 then return {KEYS[1], -1} end
if ARGV[2] == '0' then
  redis.call('SET', KEYS[2], ARGV[3])
else
  local sum = tonumber(redis.call('HGET', KEYS[3], 'sum') or '0')
  sum = sum - redis.call('HSTRLEN', KEYS[3], ARGV[2]) + #ARGV[3]
  if sum > tonumber(ARGV[5]) then return {KEYS[1], -2} end
  redis.call('HSET', KEYS[3], 'sum', string.format('%.0f', sum), ARGV[2], ARGV[3])
end
for _, key in ipairs(KEYS) do redis.call('PEXPIREAT', key, ARGV[4]) end
return {KEYS[1], 1}
