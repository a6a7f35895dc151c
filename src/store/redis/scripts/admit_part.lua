local record = redis.pcall('GET', KEYS[1])
local code = 1
if type(record) ~= 'string' or record == ARGV[1] and redis.call('EXISTS', KEYS[2]) == 0 then
  code = -1
elseif record ~= ARGV[1] then
  code = 0
else
  local sum = tonumber(redis.call('HGET', KEYS[3], 'sum') or '0')
  sum = sum - redis.call('HSTRLEN', KEYS[3], ARGV[2]) + tonumber(ARGV[3])
  local reference = redis.call('HGET', KEYS[3], '@' .. ARGV[2])
  if reference then sum = sum - tonumber(string.match(reference, '^%d+')) end
  if sum > tonumber(ARGV[5]) then
    code = -2
  else
    redis.call('HSET', KEYS[3], 'sum', string.format('%.0f', sum))
    redis.call('HDEL', KEYS[3], ARGV[2], '@' .. ARGV[2])
    redis.call('PEXPIREAT', KEYS[1], ARGV[4])
    redis.call('PEXPIREAT', KEYS[2], ARGV[4])
    local more = redis.call('HEXISTS', KEYS[3], 'files') * 7200000
    redis.call('PEXPIREAT', KEYS[3], string.format('%.0f', ARGV[4] + more))
  end
end
if code ~= 1 then redis.call('HSETNX', KEYS[3], ARGV[2], '') end
return {KEYS[1], code}
