#!lua flags=no-writes
local reply = {KEYS[1]}
if redis.call('EXISTS', KEYS[1]) == 0 then return reply end
reply[2] = '0'
reply[3] = redis.call('STRLEN', KEYS[1])
for _, n in ipairs(redis.call('HKEYS', KEYS[2])) do
  if string.sub(n, 1, 1) == '@' then
    reply[#reply + 1] = string.sub(n, 2)
    reply[#reply + 1] = tonumber(string.match(redis.call('HGET', KEYS[2], n), '^%d+'))
  elseif n ~= 'sum' and n ~= 'files' then
    reply[#reply + 1] = n
    reply[#reply + 1] = redis.call('HSTRLEN', KEYS[2], n)
  end
end
return reply
