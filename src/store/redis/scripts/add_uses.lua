#!lua flags=allow-oom
local totals = {}
for n, key in ipairs(KEYS) do
  if ARGV[n] == '0' then
    totals[n] = tonumber(redis.call('GET', key) or '0')
  else
    totals[n] = redis.call('INCRBY', key, ARGV[n])
    redis.call('EXPIRE', key, 86400, 'NX')
  end
end
return totals
