if redis.call('EXISTS', KEYS[1]) == 1 then return {KEYS[1], 0} end
redis.call('SET', KEYS[1], ARGV[1], 'PXAT', ARGV[3])
redis.call('SET', KEYS[2], ARGV[2], 'PXAT', ARGV[4])
return {KEYS[1], 1}
