#!lua flags=no-writes
local reply = {KEYS[1]}
if redis.call('EXISTS', KEYS[1]) == 1 then
  reply[2] = '0'
  reply[3] = redis.call('STRLEN', KEYS[1])
end
for _, n in ipairs(redis.call('HKEYS', KEYS[2])) do
  if n ~= 'sum' then
    reply[#reply + 1] = n
    reply[#reply + 1] = redis.call('HSTRLEN', KEYS[2], n)
  end
end
return reply
