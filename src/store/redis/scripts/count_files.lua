#!lua flags=allow-oom
local bytes = tonumber(redis.call('GET', KEYS[1]) or '0')
if ARGV[1] ~= '0' then
  bytes = redis.call('INCRBY', KEYS[1], ARGV[1])
  redis.call('EXPIRE', KEYS[1], 31536000)
end
return bytes
