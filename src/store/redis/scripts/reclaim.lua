#!lua flags=allow-oom
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if redis.call('PEXPIRETIME', KEYS[1]) ~= tonumber(ARGV[2]) then return 0 end
redis.call('UNLINK', KEYS[1], KEYS[2])
if redis.call('HEXISTS', KEYS[3], 'files') == 1 then
  redis.call('PEXPIRE', KEYS[3], 7200000)
else
  redis.call('UNLINK', KEYS[3])
end
return 1
