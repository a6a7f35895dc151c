local record = redis.call('GET', KEYS[1])
if not record then return {KEYS[1], -1} end
if record ~= ARGV[1] then return {KEYS[1], 0} end
if redis.call('EXISTS', KEYS[2]) == 0 then return {KEYS[1], -1} end
if ARGV[2] ~= '0' then
  local sum = tonumber(redis.call('HGET', KEYS[2], 'sum') or '0')
  sum = sum - redis.call('HSTRLEN', KEYS[2], ARGV[2]) + #ARGV[3]
  if sum > tonumber(ARGV[5]) then return {KEYS[1], -2} end
  redis.call('HSET', KEYS[2], 'sum', string.format('%.0f', sum), ARGV[2], ARGV[3])
else
  redis.call('HSET', KEYS[2], '0', ARGV[3])
end
redis.call('PEXPIREAT', KEYS[1], ARGV[4])
redis.call('PEXPIREAT', KEYS[2], ARGV[4])
return {KEYS[1], 1}
