#!lua flags=no-writes
local answer = {KEYS[1]}
if redis.call('EXISTS', KEYS[1]) == 1 then
  answer[2] = '0'
  answer[3] = redis.call('STRLEN', KEYS[1])
end
for _, n in ipairs(redis.call('HKEYS', KEYS[2])) do
  if n ~= 'sum' then
    answer[#answer + 1] = n
    answer[#answer + 1] = redis.call('HSTRLEN', KEYS[2], n)
  end
end
return answer
