#!lua flags=allow-oom
if redis.call('EXISTS', KEYS[1]) == 1 then return {KEYS[1], redis.call('PEXPIRETIME', KEYS[1])} end
local reply = {KEYS[1], -1}
for _, n in ipairs(redis.call('HKEYS', KEYS[2])) do
  if string.sub(n, 1, 1) == '@' then reply[#reply + 1] = redis.call('HGET', KEYS[2], n) end
end
redis.call('UNLINK', KEYS[2])
return reply
