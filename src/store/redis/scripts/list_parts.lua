#!lua flags=no-writes
local answer = {KEYS[1]}
for _, n in ipairs(redis.call('HKEYS', KEYS[1])) do
  if n ~= 'sum' then
    answer[#answer + 1] = n
    answer[#answer + 1] = redis.call('HSTRLEN', KEYS[1], n)
  end
end
return answer
